import assert from "node:assert/strict";
import type { CodeAction, Command } from "vscode-languageserver";
import {
  codeActions,
  type CodeActionScope,
} from "../../lsp/features/code_actions.ts";
import type { View } from "../../lsp/mod.ts";
import { editedText } from "./edited_text.ts";
import { markedView } from "./marked_view.ts";
import { plainHost } from "./plain_host.ts";
import { plainScope } from "./plain_scope.ts";

const DATA = new URL("testdata/code_actions/", import.meta.url);
const NAMES = [...Deno.readDirSync(DATA)].map(({ name }) => name)
  .filter((name) => !name.endsWith(".out")).sort();
const FILES = {
  "/project/photo.jpg": "x",
  "/project/notes.txt": "x",
  "/project/sub/other.png": "x",
  "/project/.hidden": "x",
  "/project/registry.yaml": "x",
};

for (const name of NAMES) {
  Deno.test(`codeActions() offers at the cursor of ${name}`, () => {
    const file = new URL(`${name}.out`, DATA);
    assert.equal(reportOn(name), Deno.readTextFileSync(file));
  });
}

/** Each action, with the text that it leaves behind. */
export function reportOn(name: string): string {
  const { view, actions } = actionsAt(name);
  return actions.map((each) => {
    const { title, kind, isPreferred, edit, command } = literal(each);
    const head = `=== ${title} (${kind}${isPreferred ? ", preferred" : ""})\n`;
    if (edit !== undefined) return `${head}${editedText(view, edit)}`;
    return `${head}${command?.command} ${JSON.stringify(command?.arguments)}\n`;
  }).join("");
}

function actionsAt(
  name: string,
  { scope = plainScope(plainHost(FILES)), only }: {
    readonly scope?: CodeActionScope;
    readonly only?: string[];
  } = {},
): { readonly view: View; readonly actions: (CodeAction | Command)[] } {
  const text = Deno.readTextFileSync(new URL(name, DATA));
  const { view, offset } = markedView(name, text, plainHost(FILES));
  const actions = codeActions(view, {
    range: view.range({ start: offset, end: offset }),
    context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
  }, scope);
  return { view, actions };
}

function literal(action: CodeAction | Command): CodeAction {
  assert.ok(typeof action.command !== "string", action.title);
  return action as CodeAction;
}
