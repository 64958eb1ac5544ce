import { type Language, languageOf } from "../../schemas/mod.ts";
import { filePath, lastName } from "../file_uri.ts";

/** Where a document is, what messages call it, and how it is read. */
export interface DocumentName {
  /** Absolute; missing for what is not in a file. */
  readonly path?: string;
  /** Absolute folder that paths in the document are relative to. */
  readonly dir: string;
  readonly name: string;
  readonly language: Language;
}

/** As the command line says it that was started in the folder that the client has open. */
export function documentName(
  { uri, languageId }: { readonly uri: string; readonly languageId: string },
  folders: readonly string[],
): DocumentName {
  const path = filePath(uri);
  if (path === undefined) {
    const name = unfiled(uri, languageId);
    return { dir: folders[0] ?? "/", name, language: languageOf(name) };
  }
  const folder = folders.find((each) => path.startsWith(`${each}/`));
  const end = path.lastIndexOf("/");
  const name = path.slice((folder?.length ?? end) + 1);
  const dir = path.slice(0, end) || "/";
  return { path, dir, name, language: languageOf(name) };
}

/** What is not in a file is in the language that the client says. */
function unfiled(uri: string, languageId: string): string {
  const name = lastName(uri);
  return /\.(?:jsonc?|ya?ml)$/i.test(name)
    ? name
    : `${name}.${endingOf(languageId)}`;
}

function endingOf(languageId: string): string {
  if (languageId.startsWith("yaml")) return "yaml";
  return languageId === "json" || languageId === "jsonc" ? languageId : "txt";
}
