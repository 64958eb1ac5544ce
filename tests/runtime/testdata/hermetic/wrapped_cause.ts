export async function handle() {
  try {
    await Deno.connect({ hostname: "example.com", port: 443 });
  } catch (cause) {
    throw new Error("Connection error.", { cause });
  }
}
