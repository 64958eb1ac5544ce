import { dump } from "js-yaml";
import { exampleFor, parse } from "../../../schemas/checker.ts";
import {
  bytesText,
  CATALOGUE,
  type Json,
  mimeOf,
  toJson,
} from "../../../schemas/mod.ts";
import {
  type Backstage,
  type Conversion,
  type FileFacts,
  FOLDER,
  type Language,
  type NewFile,
  type Wanted,
} from "../backstage.ts";
import type { VirtualFolder } from "./virtual_folder.ts";
import { virtualRegistry } from "./virtual_registry.ts";

/** The same, where an answer may take a while. */
export type Behind = {
  readonly [Name in keyof Backstage]: (
    ...args: Parameters<Backstage[Name]>
  ) => ReturnType<Backstage[Name]> | Promise<ReturnType<Backstage[Name]>>;
};

/** Answers the page about the files and processors that the language server sees. */
export function backstageOver(folder: VirtualFolder): Behind {
  const registry = () => virtualRegistry(folder);
  return {
    processors: () => {
      const { refs, title } = registry();
      return refs.map((ref) => ({ ref, title: title(ref) ?? "" }));
    },
    put: (file) => put(file, folder),
    remove: (name) => folder.remove(name),
    example: (about) => example(about, registry()),
    converted,
    explained: (code) => CATALOGUE[code],
  };
}

async function put(
  { name, bytes }: NewFile,
  folder: VirtualFolder,
): Promise<FileFacts> {
  folder.put(name, bytes);
  const cid = await folder.cid(`${FOLDER}/${name}`, AbortSignal.any([]));
  return {
    cid: cid ?? "",
    mime: mimeOf(name),
    size: bytesText(bytes.length),
  };
}

function example(
  { ref, language }: Wanted,
  { entry }: ReturnType<typeof virtualRegistry>,
): string | undefined {
  const found = entry(ref);
  return found && written(exampleFor(found), language);
}

function converted({ text, from, to }: Conversion): string | undefined {
  const name = `inputs.${from}`;
  const { root, complete } = parse({ name, text, language: from });
  return root && complete ? written(toJson(root), to) : undefined;
}

function written(value: Json, language: Language): string {
  return language === "yaml"
    ? dump(value, { lineWidth: 80, noRefs: true })
    : `${JSON.stringify(value, null, 2)}\n`;
}
