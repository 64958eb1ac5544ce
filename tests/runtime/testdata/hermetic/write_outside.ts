export async function handle() {
  await Deno.writeTextFile("/tmp/theory-escaped", "");
}
