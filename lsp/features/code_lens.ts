import {
  type CodeLens,
  CodeLensRequest,
  type Range,
} from "vscode-languageserver";
import type { AssociationSource } from "../association.ts";
import { feature, type Scope } from "../feature.ts";
import type { InputsView, View } from "../view.ts";
import { COMMANDS } from "./commands/names.ts";
import { runCommand } from "./commands/run_command.ts";

/** Above a document: what it is validated as, and a mock run. */
export const CODE_LENS = feature({
  type: CodeLensRequest.type,
  capability: () => ({ codeLensProvider: { resolveProvider: false } }),
  uri: ({ textDocument }) => textDocument.uri,
  answer: (_params, view, scope) => codeLenses(view, scope),
  empty: [],
});

const START: Range = {
  start: { line: 0, character: 0 },
  end: { line: 0, character: 0 },
};

export function codeLenses(
  view: View,
  { host }: Pick<Scope, "host">,
): CodeLens[] {
  if (view.kind !== "inputs") return [];
  const { uri, checked, association: { ref, entry } } = view;
  const shown = checked.document === undefined ? "" : COMMANDS.resolved;
  const lenses = [{
    range: START,
    command: { title: titleOf(view), command: shown, arguments: [{ uri }] },
  }];
  if (ref === undefined || entry === undefined) return lenses;
  return [...lenses, { range: START, command: runCommand(uri, ref, host) }];
}

const SAYS: Readonly<Record<AssociationSource, string>> = {
  document: "says $processor",
  modeline: "says the first line",
  settings: "says theory.yaml",
  "nearest entry": "says the nearest registry.yaml",
  none: "",
};

function titleOf({ association, diagnostics }: InputsView): string {
  const { ref, from, entry } = association;
  const subject = ref === undefined
    ? "validated without a processor"
    : entry === undefined
    ? `not validated: ${ref} is not known`
    : `validated as ${ref} (${SAYS[from]})`;
  const count = diagnostics.length;
  const found = count === 0
    ? "no findings"
    : count === 1
    ? "1 finding"
    : `${count} findings`;
  return `${subject} · ${found}`;
}
