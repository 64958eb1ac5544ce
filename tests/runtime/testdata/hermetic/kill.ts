export function handle() {
  Deno.kill(Deno.pid, "SIGKILL");
}
