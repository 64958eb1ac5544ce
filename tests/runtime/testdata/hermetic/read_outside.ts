export async function handle() {
  await Deno.readTextFile("/etc/hostname");
}
