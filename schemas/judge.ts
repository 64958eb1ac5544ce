import { check } from "./check.ts";
import type { CheckContext, Checked } from "./check_types.ts";
import type { FlagShape } from "./config/check_defaults.ts";
import { checkConfig, type CheckedConfig } from "./config_check.ts";
import type { DocumentKind } from "./document_kind.ts";
import { type CheckedEntry, checkEntry } from "./entry_check.ts";
import { parseRef } from "./ref.ts";
import type { Source } from "./source.ts";

/** What is known about the surroundings of a document; what is for another kind is not looked at. */
export interface JudgeFacts extends CheckContext {
  /** Absolute path of the document; missing for what is in no file. */
  readonly path?: string;
  /** The flags of all commands. Without them `defaults` of a configuration may name anything. */
  readonly flags?: readonly FlagShape[];
}

/** What a document is and all that is wrong with it. */
export type Verdict =
  | { readonly kind: "inputs" } & Checked
  | { readonly kind: "entry" } & CheckedEntry
  | { readonly kind: "config" } & CheckedConfig;

/**
 * The one judge of all documents: the command line and the editor say what this says. Pure but for what the
 * functions of `facts` look up.
 */
export function judge(
  source: Source,
  kind: DocumentKind,
  facts: JudgeFacts,
): Verdict {
  if (kind === "inputs") return { kind, ...check(source, facts) };
  const probe = (relative: string) => facts.probe(relative, "document");
  if (kind === "config") {
    const { registry, flags } = facts;
    const known = flags === undefined ? {} : { flags };
    return { kind, ...checkConfig(source, { registry, probe, ...known }) };
  }
  const expectedRef = refOfFile(facts.path ?? "");
  const checked = checkEntry(source, {
    ...(expectedRef === undefined ? {} : { expectedRef }),
    fileExists: (relative) => {
      const state = probe(relative);
      return state.kind === "file" || state.kind === "unknown";
    },
  });
  return { kind, ...checked };
}

/** The ref that the folders of an entry `…/ns/name/version/registry.yaml` say, if they do. */
export function refOfFile(path: string): string | undefined {
  const [namespace, name, version] = path.split("/").slice(-4, -1);
  const ref = `${namespace}/${name}@${version}`;
  return parseRef(ref) === undefined ? undefined : ref;
}
