import { checkEntry, decodeSource } from "../../schemas/checker.ts";
import {
  Failure,
  hasErrors,
  MAX_DOCUMENT_BYTES,
  positions,
  type Source,
} from "../../schemas/mod.ts";
import type { World } from "../world.ts";
import type { Pin } from "./pin_edit.ts";
import { pinnedText } from "./pinned_text.ts";

const MARK = "\ufeff";

/**
 * Pins an image in the document of an entry, as that is now; answers whether that changed it. What comes out is
 * checked before it is written, at once. With `dryRun` nothing is written.
 */
export async function writePin(
  file: string,
  pin: Pin,
  { dryRun, world }: { readonly dryRun: boolean; readonly world: World },
): Promise<boolean> {
  const bytes = await world.files.read(file, MAX_DOCUMENT_BYTES);
  const { source, problems } = decodeSource(bytes, file, "yaml");
  if (hasErrors(problems)) throw broken(source, problems);
  const text = pinnedText(source, pin);
  const { diagnostics } = checkEntry({ ...source, text });
  if (hasErrors(diagnostics)) throw broken({ ...source, text }, diagnostics);
  if (text === source.text) return false;
  const marked = new TextDecoder("utf-8", { ignoreBOM: true })
    .decode(bytes.subarray(0, 3)) === MARK;
  if (!dryRun) await replace(file, marked ? MARK + text : text, world);
  return true;
}

async function replace(
  file: string,
  text: string,
  { files }: World,
): Promise<void> {
  try {
    await files.replace(file, text);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable) throw cause;
    throw new Failure(
      "ERR_DOCUMENT_UNWRITABLE",
      `Cannot write "${file}": it may not be written`,
      { cause },
    );
  }
}

function broken(
  { name, text }: Source,
  diagnostics: Parameters<typeof hasErrors>[0],
): Failure {
  const first = diagnostics.find(({ severity }) => severity === "error");
  const { line, column } = positions(text)(first?.span.start ?? 0);
  return new Failure(
    "ERR_REGISTRY_ENTRY",
    `Cannot pin in "${name}": it would have an error at ${line}:${column}, ${first?.code}`,
    { hint: first?.message ?? "" },
  );
}
