/**
 * What to spawn for another Deno: this very program where that is permitted, otherwise `deno` from
 * `PATH`, which is what `--allow-run=deno` grants.
 */
export async function denoCommand(): Promise<string> {
  const own = Deno.execPath();
  const { state } = await Deno.permissions.query({ name: "run", command: own });
  return state === "granted" ? own : "deno";
}
