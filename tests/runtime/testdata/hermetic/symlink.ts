export async function handle(run: { params: { runsDir: string } }) {
  await Deno.symlink("/etc", `${run.params.runsDir}/link`);
}
