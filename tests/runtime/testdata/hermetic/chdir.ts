export function handle() {
  Deno.chdir("/");
}
