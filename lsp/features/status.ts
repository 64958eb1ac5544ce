import {
  ProtocolRequestType,
  type TextDocumentIdentifier,
} from "vscode-languageserver";
import type { Severity } from "../../schemas/mod.ts";
import type { AssociationSource } from "../association.ts";
import { feature, type Scope } from "../feature.ts";
import type { View } from "../view.ts";

export interface StatusParams {
  readonly textDocument: TextDocumentIdentifier;
}

/** What an editor shows about a document beside its text. */
export interface Status {
  readonly kind: View["kind"];
  /** The processor that it is for, or that it describes. */
  readonly ref?: string;
  /** Who says so, and in which file if not in the document. */
  readonly from?: AssociationSource;
  readonly file?: string;
  /** Whether an entry of that ref is known. */
  readonly known: boolean;
  readonly findings: Readonly<Record<Severity, number>>;
  /** Whether the server may run documents in mock mode. */
  readonly canRun: boolean;
  /** The permissions of the server, as flags of Deno. */
  readonly permissions: readonly string[];
}

const REQUEST = new ProtocolRequestType<
  StatusParams,
  Status | null,
  never,
  void,
  void
>("theory/status");

/** What a status line of an editor shows. */
export const STATUS = feature({
  type: REQUEST,
  capability: () => ({ experimental: { theoryStatus: true } }),
  uri: ({ textDocument }) => textDocument.uri,
  answer: (_params, view, scope) => statusOf(view, scope),
  empty: null,
});

export function statusOf(view: View, { host }: Pick<Scope, "host">): Status {
  const { kind, diagnostics } = view;
  const findings = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of diagnostics) findings[severity]++;
  return {
    kind,
    ...subjectOf(view),
    findings,
    canRun: host.runMock !== undefined,
    permissions: host.permissions ?? [],
  };
}

function subjectOf(
  view: View,
): Pick<Status, "ref" | "from" | "file" | "known"> {
  if (view.kind === "config") return { known: false };
  if (view.kind === "entry") {
    const ref = view.entry?.ref;
    return { ...(ref === undefined ? {} : { ref }), known: ref !== undefined };
  }
  const { ref, from, file, entry } = view.association;
  return {
    ...(ref === undefined ? {} : { ref }),
    from,
    ...(file === undefined ? {} : { file }),
    known: entry !== undefined,
  };
}
