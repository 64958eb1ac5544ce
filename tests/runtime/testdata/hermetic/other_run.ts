export async function handle(run: { params: { runsDir: string } }) {
  await Deno.readTextFile(`${run.params.runsDir}/other/secret.txt`);
}
