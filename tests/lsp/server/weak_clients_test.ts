import assert from "node:assert/strict";
import type {
  CodeAction,
  Command,
  CompletionItem,
  CompletionList,
  WorkspaceEdit,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { inProject, type Project } from "./project_client.ts";

const TYPO =
  "schema: v1\n$processor: llm/litellm@1\nparams:\n  mesages: [{role: user, content: Hello}]\n";
const FIXED = TYPO.replace("mesages", "messages");
const FILES = { "inputs.yaml": TYPO };

/** What can be done about the first finding. */
async function actions(
  { client, open }: Project,
): Promise<readonly (CodeAction | Command)[]> {
  const uri = open("inputs.yaml");
  const { diagnostics: [found] } = await client.findings(uri, 1);
  return await client.request("textDocument/codeAction", {
    textDocument: { uri },
    range: found?.range,
    context: { diagnostics: [found] },
  });
}

function edited(uri: string, { changes = {} }: WorkspaceEdit): string {
  const document = TextDocument.create(uri, "yaml", 1, TYPO);
  return TextDocument.applyEdits(document, changes[uri] ?? []);
}

Deno.test("lsp gives clients without literal code actions commands, and applies what they choose", async () => {
  await inProject(FILES, async (project) => {
    const { client, uri } = project;
    const answer = await actions(project);
    assert.ok(answer.length > 0);
    for (const each of answer) {
      assert.equal(typeof each.command, "string", each.title);
      assert.ok(!("edit" in each) && !("kind" in each));
    }
    const fix = answer.find(({ title }) => title.includes('"messages"'));
    assert.ok(fix !== undefined && typeof fix.command === "string");
    const { commands = [] } = client.capabilities.executeCommandProvider ?? {};
    assert.ok(commands.includes(fix.command));
    const asked: WorkspaceEdit[] = [];
    client.answers.set("workspace/applyEdit", ({ edit }: never) => {
      asked.push(edit);
      return { applied: true };
    });
    const { command, arguments: args } = fix as Command;
    const done = await client.request("workspace/executeCommand", {
      command,
      arguments: args,
    });
    assert.equal(done, true);
    const [edit = {}] = asked;
    assert.equal(edited(uri("inputs.yaml"), edit), FIXED);
  }, { capabilities: { workspace: { applyEdit: true } } });
});

Deno.test("lsp offers clients that apply no edits none, and no commands that would need them", async () => {
  await inProject(FILES, async (project) => {
    const { commands = [] } =
      project.client.capabilities.executeCommandProvider ?? {};
    for (const each of ["applyEdit", "fixAll"]) {
      assert.ok(!commands.includes(`theoryctl.${each}`), each);
    }
    for (const each of await actions(project)) {
      assert.equal(typeof each.command, "string");
      assert.ok(commands.includes(String(each.command)), each.title);
    }
    const asked = project.client.received.map(({ method }) => method);
    assert.ok(!asked.includes("workspace/applyEdit"));
  });
});

Deno.test("lsp gives clients with literal code actions edits, with versions for those that know them", async () => {
  for (const documentChanges of [false, true]) {
    await inProject(FILES, async (project) => {
      const uri = project.uri("inputs.yaml");
      const fix = (await actions(project)).find(({ title }) =>
        title.includes('"messages"')
      );
      assert.ok(fix !== undefined && "edit" in fix);
      assert.equal(fix.kind, "quickfix");
      assert.equal(fix.isPreferred, true);
      const { changes, documentChanges: versioned } = fix.edit ?? {};
      assert.equal(versioned === undefined, !documentChanges);
      assert.equal(changes === undefined, documentChanges);
      const [first] = versioned ?? [];
      if (first !== undefined && "textDocument" in first) {
        assert.deepEqual(first.textDocument, { uri, version: 1 });
        const edits = first.edits.flatMap((edit) =>
          "newText" in edit ? edit : []
        );
        assert.equal(edited(uri, { changes: { [uri]: edits } }), FIXED);
      } else assert.equal(edited(uri, fix.edit ?? {}), FIXED);
    }, {
      capabilities: {
        workspace: { workspaceEdit: { documentChanges } },
        textDocument: {
          codeAction: {
            codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
          },
        },
      },
    });
  }
});

Deno.test("lsp completes with snippets for clients that know them, and plain text for others", async () => {
  for (const snippetSupport of [false, true]) {
    await inProject({ "inputs.yaml": "" }, async ({ client, open }) => {
      const items = await completed(client, open("inputs.yaml"));
      assert.ok(items.length > 0);
      const snippets = items.filter(({ insertTextFormat }) =>
        insertTextFormat === 2
      );
      assert.equal(snippets.length > 0, snippetSupport);
      if (snippetSupport) return;
      for (const { label, textEdit, insertText } of items) {
        const text = textEdit?.newText ?? insertText ?? label;
        assert.ok(!/\$\{\d|\$\d/.test(text), text);
      }
    }, {
      capabilities: {
        textDocument: { completion: { completionItem: { snippetSupport } } },
      },
    });
  }
});

async function completed(
  client: Project["client"],
  uri: string,
): Promise<readonly CompletionItem[]> {
  const answer = await client.request<CompletionItem[] | CompletionList>(
    "textDocument/completion",
    { textDocument: { uri }, position: { line: 0, character: 0 } },
  );
  return Array.isArray(answer) ? answer : answer.items;
}
