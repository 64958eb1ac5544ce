import type { LSPClient } from "@codemirror/lsp-client";
import type * as lsp from "vscode-languageserver-protocol";
import type { Processor } from "../backstage.ts";
import { applyEdits } from "./apply_edits.ts";
import { type Documents, inputsUri } from "./documents.ts";
import { byId, element } from "./element.ts";
import { EVERYTHING } from "./findings.ts";

/** Offers the processors; the one that counts is chosen, whoever says so. */
export function showProcessors(
  all: readonly Processor[],
  ref: string | undefined,
): void {
  const select = byId("processor", HTMLSelectElement);
  byId("examples", HTMLOptGroupElement).replaceChildren(
    ...all.map(({ ref }) => element("option", { value: ref }, ref)),
  );
  const known = all.some((each) => each.ref === ref);
  const first = ref === undefined || known ? "none" : `${ref} (unknown)`;
  select.replaceChildren(
    ...known ? [] : [element("option", { value: "" }, first)],
    ...all.map(({ ref, title }) =>
      element("option", { value: ref }, title === "" ? ref : `${ref}: ${title}`)
    ),
  );
  select.value = known ? ref ?? "" : "";
}

/** Has the server name a processor in the inputs; answers whether it could. */
export async function setProcessor(
  ref: string,
  { client, documents }: {
    readonly client: LSPClient;
    readonly documents: Documents;
  },
): Promise<boolean> {
  client.sync();
  const actions = await client.request<
    lsp.CodeActionParams,
    lsp.CodeAction[] | null
  >("textDocument/codeAction", {
    textDocument: { uri: inputsUri(documents.language()) },
    range: EVERYTHING,
    context: { diagnostics: [], only: ["refactor.theoryctl.processor"] },
  });
  const found = actions?.find(({ title }) => title === `Set processor ${ref}`);
  return applyEdits(documents.inputs(), found?.edit);
}
