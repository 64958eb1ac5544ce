/** The two ways to set up Neovim: since 0.11 there is `vim.lsp.enable`. */
export type NeovimForm = "0.7" | "0.11";

/** Names in PATH: a system's own, and a newer one beside it. */
const PROGRAMS = ["nvim", "nvim-0.11"];

export interface NeovimProgram {
  readonly program: string;
  readonly version: string;
}

/** An installed Neovim that is set up in a way; undefined when there is none. */
export function neovimFor(form: NeovimForm): NeovimProgram | undefined {
  return PROGRAMS.flatMap(versionOf)
    .find(({ version }) => formOf(version) === form);
}

function formOf(version: string): NeovimForm {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 0 || minor >= 11 ? "0.11" : "0.7";
}

function versionOf(program: string): readonly NeovimProgram[] {
  try {
    const { stdout } = new Deno.Command(program, {
      args: ["--version"],
      stderr: "null",
    }).outputSync();
    const [, version] = /^NVIM v(\d+\.\d+\.\d+)/.exec(
      new TextDecoder().decode(stdout),
    ) ?? [];
    return version === undefined ? [] : [{ program, version }];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
