import type { LSPClient } from "@codemirror/lsp-client";
import { type Documents, inputsUri, REGISTRY_URI } from "./documents.ts";
import { byId, element } from "./element.ts";
import type { Finding } from "./findings.ts";
import { offerFixAll } from "./fix_all.ts";
import { type Placed, showFindings } from "./findings_panel.ts";
import { type Resolved, showPayload } from "./payload_panel.ts";
import { showProcessors } from "./processor_choice.ts";
import type { Asking } from "./server.ts";
import { showStatus, type Status } from "./validated.ts";

/** What the answers beside the editors are made from. */
export interface AnswersParts {
  readonly client: LSPClient;
  readonly backstage: Asking;
  readonly documents: Documents;
}

/** Asks the server what the inputs are and what will be sent, and shows it; an answer that is no longer true is not shown. */
export function answersFrom(
  { client, backstage, documents }: AnswersParts,
): () => Promise<void> {
  let last = 0;
  return async () => {
    const now = ++last;
    client.sync();
    const params = { textDocument: { uri: inputsUri(documents.language()) } };
    const [status, resolved, processors] = await Promise.all([
      client.request<unknown, Status | null>("theory/status", params),
      client.request<unknown, Resolved | null>("theory/resolved", params),
      backstage.processors(),
      offerFixAll({ client, documents }),
    ]);
    if (now !== last) return;
    showStatus(status);
    showPayload(resolved);
    showProcessors(processors, status?.ref);
  };
}

/** Shows what was found in both documents. */
export function showAll(
  found: ReadonlyMap<string, readonly Finding[]>,
  { backstage, documents }: Pick<AnswersParts, "backstage" | "documents">,
): void {
  const inputs = inputsUri(documents.language());
  const placed = [inputs, REGISTRY_URI].map((uri) =>
    (found.get(uri) ?? []).map((each) => placedIn(uri, each, documents))
  );
  showFindings(placed.flat(), backstage.explained);
  ["inputs-tab", "registry-tab"].forEach((tab, at) =>
    countErrors(byId(tab, HTMLButtonElement), placed[at] ?? [])
  );
}

function placedIn(
  uri: string,
  found: Finding,
  { inputs, registry, show }: Documents,
): Placed {
  const { doc } = (uri === REGISTRY_URI ? registry : inputs()).state;
  const from = Math.min(found.from, doc.length);
  const go = () => {
    const view = show(uri);
    const head = Math.min(found.to, view.state.doc.length);
    const anchor = Math.min(found.from, head);
    view.dispatch({ selection: { anchor, head }, scrollIntoView: true });
    view.focus();
  };
  const fixes = found.fixes.map(({ title, apply }) => ({
    title,
    apply: () => {
      apply();
      show(uri).focus();
    },
  }));
  const file = uri.slice(uri.lastIndexOf("/") + 1);
  return { ...found, fixes, file, line: doc.lineAt(from).number, go };
}

function countErrors(tab: HTMLElement, found: readonly Placed[]): void {
  const count = found.filter(({ severity }) => severity === "error").length;
  tab.querySelector(".count")?.remove();
  if (count === 0) return;
  const label = `${count} error${count === 1 ? "" : "s"}`;
  tab.append(
    element("span", { className: "count", title: label }, String(count)),
  );
}
