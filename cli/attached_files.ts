import { dirname, isAbsolute, join, languageOf } from "../schemas/mod.ts";
import { decodeText, filesNamedIn, read } from "../schemas/reading.ts";

/** The files that a document attaches itself, relative to the working folder as its own name is. */
export async function attachedFiles(
  { name, text }: { readonly name: string; readonly text: string },
): Promise<readonly string[]> {
  const { source } = decodeText({ name, text, language: languageOf(name) });
  const paths = filesNamedIn(await read(source));
  return paths.map((path) =>
    isAbsolute(path) ? path : join(dirname(name), path)
  );
}
