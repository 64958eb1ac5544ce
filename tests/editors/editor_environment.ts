/** What an editor is started with: this Deno and its cache, and a home without anybody's settings. */
export async function editorEnvironment(
  home: string,
): Promise<Record<string, string>> {
  const deno = Deno.execPath();
  const { stdout } = await new Deno.Command(deno, { args: ["info", "--json"] })
    .output();
  const { denoDir } = JSON.parse(new TextDecoder().decode(stdout));
  return {
    PATH: `${deno.slice(0, deno.lastIndexOf("/"))}:${Deno.env.get("PATH")}`,
    HOME: home,
    DENO_DIR: denoDir,
    LANG: "C.UTF-8",
    TERM: "dumb",
  };
}
