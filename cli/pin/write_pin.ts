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

interface Writing {
  readonly dryRun: boolean;
  readonly world: Pick<World, "files" | "interrupted">;
}

/**
 * Pins an image in the document of an entry, as that is now; answers whether that changed it. What comes out is
 * checked before it is written, at once, while no other command pins in it. With `dryRun` nothing is written.
 */
export function writePin(
  file: string,
  pin: Pin,
  writing: Writing,
): Promise<boolean> {
  const write = () => writeNow(file, pin, writing);
  return writing.dryRun ? write() : alone(file, writing.world, write);
}

/** Milliseconds between two tries for a lock that somebody else holds. */
const AGAIN_AFTER = 25;

/** Does something to a file when nobody else does. The lock ends with its holder; who is interrupted does not wait on. */
async function alone<T>(
  path: string,
  { interrupted }: Pick<World, "interrupted">,
  action: () => Promise<T>,
): Promise<T> {
  for (;;) {
    // Some network file systems lock what is open for writing alone.
    using file = await Deno.open(path, { read: true, write: true })
      .catch(() => Deno.open(path));
    while (!file.tryLockSync(true)) {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
      interrupted.throwIfAborted();
    }
    // Who had it before may have put another file in its place.
    const [own, now] = await Promise.all([file.stat(), Deno.stat(path)]);
    if (own.ino === now.ino) return await action();
  }
}

async function writeNow(
  file: string,
  pin: Pin,
  { dryRun, world }: Writing,
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
  { files }: Pick<World, "files" | "interrupted">,
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
