export async function handle(run: { params: { objectsDir: string } }) {
  await Deno.readFile(`${run.params.objectsDir}/ab/abcd`);
}
