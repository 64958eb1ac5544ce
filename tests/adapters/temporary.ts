/** A folder that is removed at the end of the test. */
export async function temporary() {
  const folder = await Deno.makeTempDir();
  return {
    folder,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
