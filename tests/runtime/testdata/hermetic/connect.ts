export async function handle() {
  await Deno.connect({ hostname: "example.com", port: 443 });
}
