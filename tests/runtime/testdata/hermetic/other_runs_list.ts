export async function handle(run: { params: { runsDir: string } }) {
  await Array.fromAsync(Deno.readDir(run.params.runsDir));
}
