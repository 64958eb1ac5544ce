export function handle() {
  Deno.env.get("HOME");
}
