import {
  ProtocolRequestType,
  type TextDocumentContentParams,
  TextDocumentContentRequest,
  type TextDocumentIdentifier,
} from "vscode-languageserver";
import { feature, type Scope } from "../feature.ts";
import {
  type Resolved,
  resolvedDocument,
  resolvedPayload,
} from "../resolved.ts";
import type { View } from "../view.ts";

/** Scheme of the read-only documents that show payloads. */
export const RESOLVED_SCHEME = "theory-resolved";

export interface ResolvedParams {
  readonly textDocument: TextDocumentIdentifier;
}

const REQUEST = new ProtocolRequestType<
  ResolvedParams,
  Resolved | null,
  never,
  void,
  void
>("theory/resolved");

/** The payload of a document as it will be sent, for clients that show it themselves. */
export const RESOLVED = feature({
  type: REQUEST,
  capability: () => ({ experimental: { theoryResolved: true } }),
  uri: ({ textDocument }) => textDocument.uri,
  answer: (_params, view, scope) => resolvedOf(view, scope),
  empty: null,
});

/** The same as the text of a document of a scheme of its own, for clients that read such documents of servers. */
export const RESOLVED_TEXT = feature({
  type: TextDocumentContentRequest.type,
  capability: ({ client }) =>
    client.textDocumentContent
      ? { workspace: { textDocumentContent: { schemes: [RESOLVED_SCHEME] } } }
      : {},
  uri: ({ uri }: TextDocumentContentParams) => documentOf(uri),
  answer: async (_params, view, scope) => {
    const resolved = await resolvedOf(view, scope);
    return { text: resolved === null ? "" : resolvedDocument(resolved) };
  },
  empty: { text: "" },
});

export async function resolvedOf(
  view: View,
  { host: { files }, signal }: Pick<Scope, "host" | "signal">,
): Promise<Resolved | null> {
  if (view.kind !== "inputs") return null;
  return await resolvedPayload(view, files, signal) ?? null;
}

/** Address of the read-only document that shows the payload of a document. */
export function resolvedUri(uri: string): string {
  const name = /([^/?#]*?)(?:\.\w+)?(?:[?#].*)?$/.exec(uri)?.[1] ?? "";
  return `${RESOLVED_SCHEME}:/${name}.resolved.jsonc?${
    encodeURIComponent(uri)
  }`;
}

/** The document whose payload is shown. Clients may write the escapes of an address in their own way. */
export function documentOf(uri: string): string {
  const query = /^[^?]*\?(.*)$/s.exec(uri)?.[1] ?? "";
  try {
    return decodeURIComponent(query);
  } catch {
    return "";
  }
}
