import { denoCommand } from "../../adapters/mod.ts";

/** Before a parenthesis that tells V8 to compile a function ahead, which would be taken away as one that does nothing. */
export const AHEAD = "__ahead";

/**
 * Takes comments and white space out of JavaScript files, of which each kilobyte is read at every start, and the marks
 * of {@linkcode AHEAD}. Names stay, which are in what a bug prints, unless `rename` shortens them, too. Needs permission to run
 * deno.
 */
export async function compact(
  files: readonly string[],
  { rename = false }: { readonly rename?: boolean } = {},
): Promise<void> {
  const { success, stderr } = await new Deno.Command(await denoCommand(), {
    args: [
      "run",
      "--quiet",
      "--frozen",
      "-A",
      import.meta.filename ?? "",
      ...rename ? [RENAME] : [],
      ...files,
    ],
    stdin: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

const RENAME = "--rename";

/** In a process of its own, for esbuild starts a program that is not Deno. */
async function main(args: readonly string[]): Promise<void> {
  const { stop, transform } = await import("esbuild");
  const rename = args.includes(RENAME);
  for (const file of args.filter((each) => each !== RENAME)) {
    const { code } = await transform(await Deno.readTextFile(file), {
      format: "esm",
      target: "esnext",
      minify: rename,
      minifyWhitespace: true,
      legalComments: rename ? "eof" : "none",
    });
    await Deno.writeTextFile(file, code.replaceAll(`${AHEAD}(`, "("));
  }
  await stop();
}

if (import.meta.main) await main(Deno.args);
