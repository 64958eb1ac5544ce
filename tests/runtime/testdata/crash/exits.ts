export function handle() {
  Deno.exit(3);
}
