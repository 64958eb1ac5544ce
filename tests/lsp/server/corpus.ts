import { join } from "node:path";
import { TOOLKIT } from "./wire_client.ts";

/** Folders of documents, right and wrong. */
export const CORPUS = [
  "tests/schemas/testdata",
  "tests/registry/testdata",
  "docs/examples",
  "registry/template",
] as const;

/** A document of the corpus, under a name by which it is recognised. */
export interface CorpusDocument {
  /** Path below the root of the repository, with the other name. */
  readonly name: string;
  readonly file: string;
  readonly text: string;
}

/** Every document that an editor can show as text. */
export function corpus(): readonly CorpusDocument[] {
  return CORPUS.flatMap((folder) => [...filesBelow(join(TOOLKIT, folder))])
    .sort()
    .flatMap((file) => {
      const text = textOf(file);
      if (text === undefined) return [];
      return [{ name: renamed(file.slice(TOOLKIT.length + 1)), file, text }];
    });
}

/** Entries and settings keep their name; what else can be a document gets one by which it is recognised. */
export function renamed(path: string): string {
  return /(?:^|\/)(?:registry|theory)\.[a-z]+$/.test(path)
    ? path
    : path.replace(/\.(jsonc?|ya?ml)$/, ".inputs.$1");
}

export function* filesBelow(dir: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(dir)) {
    if (isDirectory) yield* filesBelow(join(dir, name));
    else yield join(dir, name);
  }
}

/** With its mark of byte order; undefined for what is no text, or in another encoding than UTF-8. */
function textOf(file: string): string | undefined {
  if (!/\.(?:jsonc?|ya?ml)$/.test(file)) return undefined;
  const options = { fatal: true, ignoreBOM: true };
  try {
    const text = new TextDecoder("utf-8", options)
      .decode(Deno.readFileSync(file));
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}
