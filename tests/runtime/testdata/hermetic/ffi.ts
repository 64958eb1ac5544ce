export function handle() {
  Deno.dlopen("/lib/x86_64-linux-gnu/libc.so.6", {});
}
