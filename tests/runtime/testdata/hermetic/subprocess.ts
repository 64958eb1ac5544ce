export async function handle() {
  await new Deno.Command("ls").output();
}
