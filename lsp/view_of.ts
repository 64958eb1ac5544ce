import {
  documentKind,
  type Fallback,
  hasErrors,
  type InputsDocument,
  type RegistryView,
  resolve,
  type SettingsAttachment,
  type Source,
} from "../schemas/mod.ts";
import { decodeText, type FlagShape, judge } from "../schemas/checker.ts";
import type { Association } from "./association.ts";
import type { HostFiles } from "./host.ts";
import { placing } from "./placing.ts";
import type { View } from "./view.ts";

/** A document as the client opened or changed it. */
export interface Opened {
  readonly uri: string;
  /** Absolute; missing for what is not in a file. */
  readonly path?: string;
  /** Absolute folder that paths in the document are relative to. */
  readonly dir: string;
  readonly version: number;
  readonly source: Source;
}

export interface ViewParts {
  readonly registry: RegistryView;
  readonly files: Pick<HostFiles, "probe">;
  /** What is said around the document; its own word is stronger. */
  readonly association: Association;
  /** The flags of all commands, for the defaults of settings; asked for with settings only. */
  readonly flags?: readonly FlagShape[] | undefined;
}

/** Reads and judges an open document as `check` does. Undefined for what is none of ours. */
export function viewOf(opened: Opened, parts: ViewParts): View | undefined {
  const { path, dir } = opened;
  const found = documentKind(opened.source);
  if (found === undefined) return undefined;
  const { source, problems } = decodeText(opened.source);
  const { registry, files, association } = parts;
  const flags = found === "config" ? parts.flags : undefined;
  const fallback = fallbackOf(association);
  const verdict = judge(source, found, {
    registry,
    attachments: new Map(),
    attachmentsComplete: false,
    probe: (path) => files.probe(resolve(dir, path)),
    ...(fallback === undefined ? {} : { fallback }),
    settings: declaredBy(association),
    ...(path === undefined ? {} : { path }),
    ...(flags === undefined ? {} : { flags }),
  });
  const { kind, tree } = verdict;
  const ahead = opened.source.text.length - source.text.length;
  const diagnostics = hasErrors(problems)
    ? problems
    : [...problems, ...verdict.diagnostics];
  const placed = placing(source.text, ahead === 1 ? 1 : 0);
  const any = { ...opened, ...placed, source, tree, diagnostics };
  if (kind === "config") return { ...any, kind };
  if (kind === "entry") {
    const { entry } = verdict;
    return { ...any, kind, ...(entry === undefined ? {} : { entry }) };
  }
  const { kind: _, ...checked } = verdict;
  const who = saidBy(checked.document, association);
  return { ...any, kind, checked, association: who };
}

function fallbackOf(
  { ref, entry, at }: Association,
): Fallback | undefined {
  if (ref === undefined) return undefined;
  return {
    ref,
    ...(entry === undefined ? {} : { entry }),
    ...(at === undefined ? {} : { at }),
  };
}

function declaredBy(
  { attachments, declared }: Association,
): ReadonlyMap<string, SettingsAttachment> {
  return declared ??
    new Map([...attachments].map(([name, path]) => [name, { path }]));
}

const OWN = { document: "document", comment: "modeline" } as const;

/** Who names the processor in the end. */
function saidBy(
  document: InputsDocument | undefined,
  around: Association,
): Association {
  const { refFrom, ref, entry } = document ?? {};
  const found = entry === undefined ? {} : { entry };
  if (refFrom !== "document" && refFrom !== "comment") {
    return { ...around, ...found };
  }
  const { attachments, declared } = around;
  return {
    from: OWN[refFrom],
    ...(ref === undefined ? {} : { ref }),
    ...found,
    attachments,
    ...(declared === undefined ? {} : { declared }),
  };
}
