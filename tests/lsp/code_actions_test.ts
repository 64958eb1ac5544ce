import assert from "node:assert/strict";
import type {
  CodeAction,
  Command,
  Diagnostic,
  Range,
  TextEdit,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  codeActions,
  type CodeActionScope,
} from "../../lsp/features/code_actions.ts";
import type { View } from "../../lsp/mod.ts";
import { unasked } from "../../schemas/checker.ts";
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

const BROKEN = ["tests/schemas/testdata/err/", "tests/schemas/testdata/fixes/"]
  .flatMap((dir) =>
    [...Deno.readDirSync(new URL(`../../${dir}`, import.meta.url))]
      .map(({ name }) => `${dir}${name}`)
  )
  .filter((file) => /\.(?:jsonc?|yaml)$/.test(file))
  .filter((file) => !/\.(?:context|options)\.json$/.test(file)).sort();

/** A document of the checker's test data, named so that it is what it is meant to be. */
function viewOfFile(file: string): View {
  const text = Deno.readTextFileSync(
    new URL(`../../${file}`, import.meta.url),
  );
  const name = /(registry|theory)\.yaml$/.exec(file)?.[0] ??
    `inputs.${file.split(".").at(-1)}`;
  return markedView(name, `${text}|`, plainHost(FILES)).view;
}

Deno.test("codeActions() offer every fix of every finding of the corpus, one preferred at most", () => {
  let offered = 0;
  for (const file of BROKEN) {
    const view = viewOfFile(file);
    for (const finding of view.diagnostics) {
      const { code, span, fixes = [] } = finding;
      const range = view.range(span);
      const shown = { range, code, message: "" };
      const own = actionsOf(view, { range, shown: [shown] })
        .filter(({ diagnostics = [] }) => diagnostics.length > 0);
      const titles = own.map(({ title }) => title);
      for (const { title } of fixes) assert.ok(titles.includes(title), title);
      const twins = view.diagnostics.filter((each) =>
        each.code === code && each.span.start === span.start &&
        each.span.end === span.end
      );
      const preferred = own.filter(({ isPreferred }) => isPreferred);
      assert.ok(preferred.length <= twins.length, `${file}: ${titles}`);
      const sure = twins.some((each) => unasked(each) !== undefined);
      if (sure) assert.notEqual(preferred.length, 0, `${file}: ${titles}`);
      offered += own.length;
    }
  }
  assert.ok(offered > 150, `${offered}`);
});

Deno.test("codeActions() fix all of a document as check --fix does", () => {
  for (const file of BROKEN) {
    const view = viewOfFile(file);
    const only = ["source.fixAll"];
    const start = { line: 0, character: 0 };
    const [action, ...rest] = actionsOf(view, {
      range: { start, end: start },
      only,
    });
    assert.deepEqual(rest, []);
    const sure = view.diagnostics.filter((each) => unasked(each) !== undefined);
    assert.equal(action === undefined, sure.length === 0, file);
    if (action?.edit === undefined) continue;
    assert.equal(action.kind, "source.fixAll.theoryctl");
    const text = editedText(view, action.edit);
    const after = markedView(view.source.name, `${text}|`, plainHost(FILES));
    assert.deepEqual(after.view.diagnostics.filter(unasked), [], file);
  }
});

Deno.test("codeActions() take away a mark of byte order that the editor shows", () => {
  const text = '\ufeff{"schema": "v2", "params": {}}';
  const { view } = markedView("inputs.json", text, plainHost());
  const start = { line: 0, character: 0 };
  const range = { start, end: start };
  const titles = actionsOf(view, { range }).map(({ title }) => title);
  assert.deepEqual(titles, [
    "Remove the byte order mark",
    "Fix all that can be fixed",
  ]);
  const document = TextDocument.create(view.uri, "json", 1, text);
  const edited = ({ edit }: CodeAction) =>
    TextDocument.applyEdits(document, editsIn(edit));
  const [mark] = actionsOf(view, { range });
  assert.ok(mark);
  assert.equal(edited(mark), text.slice(1));
  const [all] = actionsOf(view, { range, only: ["source.fixAll.theoryctl"] });
  assert.ok(all);
  assert.equal(edited(all), '{"schema": "v1", "params": {}}');
});

Deno.test("codeActions() write the handler and the folder that are near", () => {
  const host = plainHost({
    "/project/handler.ts": "",
    "/project/processors/a/b/1/registry.yaml": "",
  });
  const titles = (name: string, text: string) => {
    const { view, offset } = markedView(name, text, host);
    const at = view.range({ start: offset, end: offset });
    return actionsOf(view, { range: at }, host).map(({ title }) => title);
  };
  assert.deepEqual(
    titles("registry.yaml", "ref: a/b@1\ninputs: {}\nhandler: handle|r.js\n"),
    ['Write "handler.ts"'],
  );
  assert.deepEqual(
    titles(
      "registry.yaml",
      "ref: a/b@1\ninputs: {}\nhandler: ../handle|r.js\n",
    ),
    [],
  );
  assert.deepEqual(
    titles("theory.yaml", "registry: [./procesors|/]\n"),
    ['Write "./processors"'],
  );
});

Deno.test("codeActions() never show a secret", () => {
  const secret = "ghp_0123456789abcdefghijklmnopqrstuvwxyz";
  const text =
    `schema: v1\n$processor: llm/litellm@1\n${secret}: 1\nparams:\n  model: ${secret}\n  ${secret}: 2\n  messages:\n    - {role: ${secret}, content: [{$attach: ${secret}}]}\n`;
  const { view } = markedView("inputs.yaml", text, plainHost(FILES));
  const range = view.range({ start: 0, end: text.length });
  const actions = actionsOf(view, { range });
  assert.ok(actions.length > 8);
  for (const { title } of actions) assert.ok(!title.includes(secret), title);
  const removal = actions.filter(({ title }) => title === "Remove the secret");
  assert.ok(removal.length >= 2);
  for (const { edit } of removal) {
    assert.ok(!JSON.stringify(edit).includes(secret));
  }
});

function actionsOf(
  view: View,
  { range, shown = [], only }: {
    readonly range: Range;
    readonly shown?: Diagnostic[];
    readonly only?: string[];
  },
  host = plainHost(FILES),
): readonly CodeAction[] {
  const context = {
    diagnostics: shown,
    ...(only === undefined ? {} : { only }),
  };
  return codeActions(view, { range, context }, plainScope(host))
    .map(literal).filter(({ kind }) =>
      /^(?:quickfix|source\.fixAll)/.test(kind ?? "")
    );
}

function editsIn(edit: CodeAction["edit"]): TextEdit[] {
  return (edit?.documentChanges ?? []).flatMap((each) =>
    "edits" in each ? each.edits.filter((edit) => "newText" in edit) : []
  );
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
