export function handle() {
  Deno.listen({ hostname: "127.0.0.1", port: 0 });
}
