import {
  quickRegistry,
  type Registry,
  rootsFrom,
  SHIPPED_DIR,
} from "../registry/quick.ts";
import {
  type CheckContext,
  type Checked,
  type Diagnostic,
  hasErrors,
  isAbsolute,
  type Mode,
  type PathGiver,
  resolve,
  type Source,
} from "../schemas/mod.ts";
import {
  checkTree,
  decodeSource,
  filesNamedIn,
  namesProcessor,
  read,
} from "../schemas/reading.ts";
import { fallbackFor } from "./fallback.ts";
import { ensureMore } from "./permissions.ts";
import type { RawDocument } from "./read_inputs.ts";
import type { World } from "./world.ts";

/** What the command line adds to a document. */
export interface CommandFacts {
  readonly ref?: string | undefined;
  readonly mode?: Mode | undefined;
  readonly attachments: ReadonlyMap<string, string>;
  /** Whether nothing can be attached later. */
  readonly complete: boolean;
}

/** A document, and everything that was found about it, how it is encoded included. */
export interface CheckedInputs extends Checked {
  readonly source: Source;
  readonly diagnostics: readonly Diagnostic[];
}

/** The registry of a command line as a run needs it, shipped root last. */
export async function runRegistry(
  flags: { readonly registry: readonly string[] },
  world: World,
): Promise<Registry> {
  return await quickRegistry(rootsFrom({
    flags: flags.registry,
    environment: world.env("THEORY_REGISTRY"),
    config: world.settings?.roots ?? [],
    cwd: world.cwd,
    shippedDir: SHIPPED_DIR,
  }));
}

/** Makes sure that a ref given on the command line names an entry: `ERR_REF_INVALID`, `ERR_REF_UNKNOWN`. */
export function requireRef(ref: string | undefined, registry: Registry): void {
  if (ref !== undefined && registry.entry(ref) === undefined) {
    registry.load(ref);
  }
}

/** Where a document was found. */
export interface Whereabouts {
  readonly raw: RawDocument;
  readonly registry: Registry;
  readonly world: World;
}

/** Decodes, parses and checks a document against the registry and the files around it. */
export async function checkInputs(
  raw: RawDocument,
  facts: CommandFacts,
  { registry, world }: Pick<Whereabouts, "registry" | "world">,
): Promise<CheckedInputs> {
  const { source, problems } = decodeSource(raw.bytes, raw.name, raw.language);
  const tree = await read(source);
  const where = { raw, registry, world };
  await ensureAttached(filesNamedIn(tree), where);
  const context = await contextOf(facts, where, namesProcessor(tree));
  const checked = checkTree(tree, context);
  return {
    ...checked,
    source,
    diagnostics: ofBoth(problems, checked.diagnostics),
  };
}

/** Makes sure of the files that a document attaches itself, as far as nobody could declare them before it was read. */
export async function ensureAttached(
  paths: readonly string[],
  where: Pick<Whereabouts, "raw" | "world">,
): Promise<void> {
  const read = paths.map((path) => attachmentFile(path, "document", where));
  await ensureMore({ read }, where.world);
}

/** What the command line, the settings and the files around a document say of it; `named`: it names its processor itself. */
export async function contextOf(
  { ref, mode, attachments, complete }: CommandFacts,
  { raw, registry, world }: Whereabouts,
  named = false,
): Promise<CheckContext> {
  const fallback = ref === undefined && !named
    ? await fallbackFor(raw, world)
    : undefined;
  const rule = raw.path === undefined
    ? undefined
    : world.settings?.rule(raw.path);
  return {
    registry: {
      entry: (ref) => registry.entry(ref)?.entry,
      get refs() {
        return registry.list().map(({ entry }) => entry.ref);
      },
    },
    ...(ref === undefined ? {} : { ref }),
    ...(mode === undefined ? {} : { mode }),
    ...(fallback === undefined ? {} : { fallback }),
    ...(rule === undefined ? {} : { settings: rule.attachments }),
    attachments,
    attachmentsComplete: complete,
    probe: (path, from) =>
      world.files.probe(attachmentFile(path, from, { raw, world })),
  };
}

/** What is wrong with the bytes of a document, and with its text if that can be trusted. */
export function ofBoth(
  bytes: readonly Diagnostic[],
  text: readonly Diagnostic[],
): readonly Diagnostic[] {
  return hasErrors(bytes) ? bytes : [...bytes, ...text];
}

/** Absolute path of an attached file: relative to the document it stands in, or to the working folder. */
export function attachmentFile(
  path: string,
  from: PathGiver,
  { raw, world }: { readonly raw: RawDocument; readonly world: World },
): string {
  if (isAbsolute(path)) return path;
  return resolve(from === "document" ? raw.dir : world.cwd, path);
}
