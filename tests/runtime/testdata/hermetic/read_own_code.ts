export async function handle() {
  await Deno.readTextFile(new URL("./read_own_code.ts", import.meta.url));
}
