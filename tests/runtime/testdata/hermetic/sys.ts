export function handle() {
  Deno.hostname();
}
