import { denoCommand } from "../../adapters/mod.ts";

/** Before a parenthesis that tells V8 to compile a function ahead, which would be taken away as one that does nothing. */
export const AHEAD = "__ahead";

/**
 * Takes comments and white space out of JavaScript files, of which each kilobyte is read at every start, and the marks
 * of {@linkcode AHEAD}. Names stay: they are in what a bug prints. Needs permission to run deno.
 */
export async function compact(files: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(await denoCommand(), {
    args: [
      "run",
      "--quiet",
      "--frozen",
      "-A",
      import.meta.filename ?? "",
      ...files,
    ],
    stdin: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** In a process of its own, for esbuild starts a program that is not Deno. */
async function main(files: readonly string[]): Promise<void> {
  const { stop, transform } = await import("esbuild");
  for (const file of files) {
    const { code } = await transform(await Deno.readTextFile(file), {
      format: "esm",
      target: "esnext",
      minifyWhitespace: true,
      legalComments: "none",
    });
    await Deno.writeTextFile(file, code.replaceAll(`${AHEAD}(`, "("));
  }
  await stop();
}

if (import.meta.main) await main(Deno.args);
