import { FEATURES } from "../../../lsp/features/mod.ts";
import { resolvedUri } from "../../../lsp/features/resolved.ts";
import { fileUri } from "../../../lsp/file_uri.ts";
import { lineStarts } from "../../../schemas/mod.ts";
import { plainHost } from "../../lsp/plain_host.ts";
import {
  type DirectClient,
  directClient,
} from "../../lsp/server/direct_client.ts";
import { DOCUMENTS, FILES, type Kind, KINDS } from "./documents.ts";

/** An editor that can do everything but what the server asks it to do. */
const CAPABILITIES = {
  workspace: {
    textDocumentContent: {},
    workspaceEdit: { documentChanges: true },
  },
  textDocument: {
    codeAction: { codeActionLiteralSupport: { codeActionKind: {} } },
    hover: { contentFormat: ["markdown"] },
  },
};

/** The requests of the features, in their order, with the kinds of documents for which they have an answer. */
export async function answered(): Promise<
  ReadonlyMap<string, ReadonlySet<Kind>>
> {
  const found = new Map<string, Set<Kind>>();
  for (const { type } of FEATURES) found.set(type.method, new Set());
  for (const kind of KINDS) {
    const client = await directClient(plainHost(FILES), CAPABILITIES);
    for (const [method, kinds] of found) {
      if (await answersSomething(client, { method, kind })) kinds.add(kind);
    }
    await client.stop();
  }
  return found;
}

/** Whether a request is answered at any place of a document. */
async function answersSomething(
  client: DirectClient,
  { method, kind }: { readonly method: string; readonly kind: Kind },
): Promise<boolean> {
  const { path, text } = DOCUMENTS[kind];
  const uri = fileUri(path);
  const languageId = path.endsWith("json") ? "json" : "yaml";
  const textDocument = { uri, languageId, version: 1, text };
  client.notify("textDocument/didOpen", { textDocument });
  for (const position of places(text)) {
    const params = method === "completionItem/resolve"
      ? await firstItem(client, { uri, position })
      : paramsOf(method, { uri, position });
    if (params === undefined) continue;
    // A rename of what has no name is refused.
    const answer = await client.request(method, params).catch(() => null);
    if (isSomething(answer, params)) return true;
  }
  return false;
}

/** The beginning of each line, and one place inside of each word. */
function places(text: string): readonly Position[] {
  const starts = lineStarts(text);
  const offsets = [...text.matchAll(/[\w$/@.-]+/g)]
    .map(({ index }) => index + 1);
  return [...starts, ...offsets].map((offset) => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { line, character: offset - (starts[line] ?? 0) };
  });
}

interface Position {
  readonly line: number;
  readonly character: number;
}

interface Place {
  readonly uri: string;
  readonly position: Position;
}

/** What all requests together take; each one reads its own part. */
function paramsOf(method: string, { uri, position }: Place): object {
  if (method === "workspace/textDocumentContent") {
    return { uri: resolvedUri(uri) };
  }
  return {
    textDocument: { uri },
    position,
    positions: [position],
    range: {
      start: { line: 0, character: 0 },
      end: { line: 99, character: 0 },
    },
    context: { diagnostics: [], includeDeclaration: true },
    options: { tabSize: 2, insertSpaces: true },
    newName: "renamed",
    query: "",
    command: "theoryctl.fixAll",
    arguments: [{ uri }],
  };
}

/** The first item of a completion that leaves something to be told. */
async function firstItem(
  client: DirectClient,
  place: Place,
): Promise<object | undefined> {
  const method = "textDocument/completion";
  const answer = await client.request(method, paramsOf(method, place));
  const { items = answer } = (answer ?? {}) as { items?: unknown };
  return Array.isArray(items)
    ? items.find((each) => each.data !== undefined)
    : undefined;
}

/** An answer that says more than what was asked. */
function isSomething(answer: unknown, params: object): boolean {
  if (answer === null || answer === undefined) return false;
  if (Array.isArray(answer)) return answer.length > 0;
  const { items, text } = answer as { items?: unknown[]; text?: string };
  if (Array.isArray(items)) return items.length > 0;
  return text !== "" && JSON.stringify(answer) !== JSON.stringify(params);
}
