import assert from "node:assert/strict";
import type {
  Location,
  SymbolInformation,
  TextDocumentEdit,
  TextEdit,
  WorkspaceDiagnosticReport,
  WorkspaceEdit,
} from "vscode-languageserver";
import { LARGE } from "../../../lsp/server/serve.ts";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  entryText,
  inProject,
  type Project,
  pulled,
} from "./project_client.ts";

const SETTINGS =
  "registry: [shelf]\ninputs:\n  - files: '*.inputs.yaml'\n    ref: demo/word@1\n    attach: {photo: p.png}\n";
const SMALL = "schema: v1\nparams: {word: one, file: {$attach: photo}}\n";
/** So large that another server has it than has the small ones. */
const BIG = `${SMALL}${"# what is said of it\n".repeat(LARGE / 20)}`;

const FILES = {
  "theory.yaml": SETTINGS,
  "shelf/demo/word/1/registry.yaml": entryText("demo/word@1", ["one"]),
  "shelf/demo/word/1/handler.ts": "",
  "small.inputs.yaml": SMALL,
  "big.inputs.yaml": BIG,
  "p.png": "png",
};

/** What the editor has, and the files do not have yet. */
const UNSAVED = {
  "theory.yaml": `# ours\n${SETTINGS}`,
  "small.inputs.yaml": `# small\n${SMALL}`,
  "big.inputs.yaml": `# big\n${BIG}`,
};

const CAPABILITIES = {
  workspace: { workspaceEdit: { documentChanges: true } },
};

for (const from of ["theory.yaml", "small.inputs.yaml", "big.inputs.yaml"]) {
  Deno.test(`lsp renames an attachment from ${from} in the text that the editor has, whatever server has it`, async () => {
    await inProject(FILES, async (project) => {
      const editor = await unsaved(project);
      const { documentChanges = [] } = await project.client.request<
        WorkspaceEdit
      >("textDocument/rename", {
        ...at(editor, project.uri(from), "photo"),
        newName: "portrait",
      });
      for (const each of documentChanges as TextDocumentEdit[]) {
        editor.apply(each);
      }
      for (const [name, text] of Object.entries(UNSAVED)) {
        assert.equal(
          editor.text(project.uri(name)),
          text.replace("photo", "portrait"),
          name,
        );
      }
    }, { capabilities: CAPABILITIES });
  });
}

Deno.test("lsp finds names in the text that the editor has, whatever server has it", async () => {
  await inProject(FILES, async (project) => {
    const { client, uri } = project;
    const editor = await unsaved(project);
    for (const from of Object.keys(UNSAVED)) {
      const place = at(editor, uri(from), "photo");
      const found = await client.request<Location[]>(
        "textDocument/references",
        { ...place, context: { includeDeclaration: true } },
      );
      assert.deepEqual(found.map(nameAndText).sort(), [
        `${uri("big.inputs.yaml")} photo`,
        `${uri("small.inputs.yaml")} photo`,
        `${uri("theory.yaml")} photo`,
      ]);
      const [declared] = await client.request<Location[]>(
        "textDocument/definition",
        place,
      );
      assert.equal(
        declared && nameAndText(declared),
        `${uri("theory.yaml")} photo`,
      );
    }
    const symbols = await client.request<SymbolInformation[]>(
      "workspace/symbol",
      { query: "photo" },
    );
    assert.deepEqual(symbols.map(({ location }) => nameAndText(location)), [
      `${uri("theory.yaml")} photo`,
    ]);
    const big = uri("big.inputs.yaml");
    client.change(big, 3, `$processor: demo/late@1\n${BIG}`);
    const late = await client.request<SymbolInformation[]>(
      "workspace/symbol",
      { query: "demo/late" },
    );
    assert.deepEqual(late.map(({ location }) => location.uri), [big]);

    function nameAndText({ uri, range }: Location): string {
      return `${uri} ${editor.document(uri).getText(range)}`;
    }
  });
});

Deno.test("lsp tells of small documents once, while another server has the large ones", async () => {
  await inProject(FILES, async (project) => {
    const { client, uri } = project;
    await unsaved(project);
    client.published.splice(0);
    const small = uri("small.inputs.yaml");
    client.change(small, 3, SMALL.replace("one", "two"));
    assert.equal((await client.findings(small, 3)).diagnostics.length, 1);
    // What it asks of the server aside is answered after everything that came before.
    await client.request("workspace/symbol", { query: "" });
    assert.equal(
      client.published.filter((each) => each.uri === small).length,
      1,
    );
    const textDocument = { uri: uri("big.inputs.yaml") };
    client.notify("textDocument/didClose", { textDocument });
    client.change(small, 4, SMALL);
    assert.deepEqual((await client.findings(small, 4)).diagnostics, []);
  });
});

const PULLING = {
  capabilities: {
    textDocument: { diagnostic: {} },
    workspace: {
      diagnostics: { refreshSupport: true },
      textDocumentContent: {},
    },
  },
};

Deno.test("lsp tells a client that pulls nothing of a large document but what the editor has", async () => {
  await inProject(FILES, async (project) => {
    const { client, uri, open } = project;
    const small = open("small.inputs.yaml");
    const big = uri("big.inputs.yaml");
    const first = await pulled(project, small);
    client.open(big, BIG.replace("v1", "v2"));
    const wrong = await pulled(project, big);
    assert.ok(wrong.kind === "full" && wrong.items.length === 1);
    const { items } = await client.request<WorkspaceDiagnosticReport>(
      "workspace/diagnostic",
      { previousResultIds: [{ uri: big, value: wrong.resultId }] },
    );
    assert.deepEqual(items.filter((each) => each.uri === big), []);
    // A document that moves to the other server is reported anew.
    client.change(small, 2, BIG.replace("v1", "v2"));
    const grown = await pulled(project, small, first.resultId);
    assert.equal(grown.kind === "full" && grown.items.length, 1);
  }, PULLING);
});

Deno.test("lsp leads to no place in a large document that may be another one in the editor", async () => {
  const settings = SETTINGS.replace("p.png", "gone.png");
  await inProject({ ...FILES, "theory.yaml": settings }, async (project) => {
    const { client, uri, open } = project;
    const places = async (version: number) => {
      const { diagnostics } = await client.findings(
        uri("small.inputs.yaml"),
        version,
      );
      assert.deepEqual(diagnostics.map(({ code }) => code), [
        "ERR_ATTACH_MISSING",
      ]);
      return diagnostics[0]?.relatedInformation?.length ?? 0;
    };
    const small = open("small.inputs.yaml");
    assert.equal(await places(1), 1);
    client.open(uri("theory.yaml"), BIG.replace(SMALL, `# ours\n${settings}`));
    client.change(small, 2, SMALL);
    assert.equal(await places(2), 0);
  }, {
    capabilities: {
      textDocument: { publishDiagnostics: { relatedInformation: true } },
    },
  });
});

Deno.test("lsp shows the payload of a large document as the text of a document", async () => {
  await inProject(FILES, async ({ client, open }) => {
    const uri = open("big.inputs.yaml");
    const { text } = await client.request<{ text: string }>(
      "workspace/textDocumentContent",
      { uri: `theory-resolved:/big.resolved.jsonc?${encodeURIComponent(uri)}` },
    );
    assert.match(text, /"word": "one"/);
  }, PULLING);
});

/** The texts of an editor, in which edits are made as editors make them. */
interface Editor {
  readonly document: (uri: string) => TextDocument;
  readonly text: (uri: string) => string;
  readonly apply: (change: TextDocumentEdit) => void;
}

/** Opens the files and changes them in the editor alone. */
async function unsaved({ client, uri, open }: Project): Promise<Editor> {
  const documents = new Map<string, TextDocument>();
  for (const [name, text] of Object.entries(UNSAVED)) {
    client.change(open(name), 2, text);
    const document = TextDocument.create(uri(name), "yaml", 2, text);
    documents.set(uri(name), document);
  }
  await client.findings(uri("big.inputs.yaml"), 2);
  const document = (uri: string) => {
    const found = documents.get(uri);
    assert.ok(found, uri);
    return found;
  };
  return {
    document,
    text: (uri) => document(uri).getText(),
    apply({ textDocument: { uri, version }, edits }) {
      assert.equal(version, 2, uri);
      const text = TextDocument.applyEdits(document(uri), edits as TextEdit[]);
      documents.set(uri, TextDocument.create(uri, "yaml", 3, text));
    },
  };
}

function at(editor: Editor, uri: string, word: string) {
  const document = editor.document(uri);
  const position = document.positionAt(document.getText().indexOf(word) + 1);
  return { textDocument: { uri }, position };
}
