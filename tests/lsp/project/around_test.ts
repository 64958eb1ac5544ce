import assert from "node:assert/strict";
import { lookAround } from "../../../lsp/project/around.ts";
import { type Host, type View, viewOf } from "../../../lsp/mod.ts";
import { languageOf } from "../../../schemas/mod.ts";
import { plainHost } from "../plain_host.ts";

const ENTRY = `ref: demo/near@1
handler: handler.ts
inputs:
  type: object
  properties:
    params:
      type: object
      required: [word]
      properties: {word: {type: string}}
outputs: []
`;

const SETTINGS = `registry: [processors, missing]
inputs:
  - files: ["chat/**/*.{json,yaml}", "*.json"]
    ref: llm/litellm@1
    attach: {image: assets/photo.png}
  - files: "**/*.yaml"
    ref: replicate/generic@1
`;

/** A document of `/project` as an editor would have it. */
function viewIn(
  host: Host,
  file: string,
  text: string,
): View & { readonly kind: "inputs" } {
  const path = `/project/${file}`;
  const dir = path.slice(0, path.lastIndexOf("/"));
  const opened = {
    uri: `file://${path}`,
    path,
    dir,
    version: 1,
    source: { name: file, text, language: languageOf(file) },
  };
  const { association, roots } = lookAround(opened, host);
  const registry = host.registry({ roots });
  const view = viewOf(opened, { registry, files: host.files, association });
  assert.ok(view?.kind === "inputs");
  return view;
}

const PLAIN = {
  yaml: "schema: v1\nparams: {}\n",
  json: '{"schema": "v1", "params": {}}',
};

for (const language of ["json", "yaml"] as const) {
  const text = PLAIN[language];
  const host = plainHost({
    "/project/theory.yaml": SETTINGS,
    "/project/assets/photo.png": "png",
    "/project/processors/demo/near/1/registry.yaml": ENTRY,
  });

  Deno.test(`a ${language} document is for the processor of the first rule that matches`, () => {
    const { association } = viewIn(host, `chat/a/b.${language}`, text);
    assert.equal(association.from, "settings");
    assert.equal(association.ref, "llm/litellm@1");
    assert.equal(association.entry?.ref, "llm/litellm@1");
    assert.equal(association.file, "/project/theory.yaml");
    assert.deepEqual([...association.attachments], [
      ["image", "/project/assets/photo.png"],
    ]);
    const at = association.at ?? assert.fail();
    assert.equal(
      SETTINGS.slice(at.span.start, at.span.end),
      "llm/litellm@1",
    );
  });

  Deno.test(`the word of a ${language} document is stronger than settings and entries`, () => {
    const own = language === "json"
      ? text.replace("{", '{"$processor": "replicate/generic@1", ')
      : `$processor: replicate/generic@1\n${text}`;
    for (const file of [`chat/a.${language}`, `processors/x.${language}`]) {
      const { association } = viewIn(host, file, own);
      assert.equal(association.from, "document");
      assert.equal(association.ref, "replicate/generic@1");
      assert.equal(association.file, undefined);
    }
  });

  Deno.test(`a ${language} document that nothing matches is for the nearest entry`, () => {
    const only = plainHost({
      "/project/processors/demo/near/1/registry.yaml": ENTRY,
    });
    const file = `processors/demo/near/1/examples/inputs.${language}`;
    const { association, diagnostics } = viewIn(only, file, text);
    assert.equal(association.from, "nearest entry");
    assert.equal(association.ref, "demo/near@1");
    assert.equal(
      association.file,
      "/project/processors/demo/near/1/registry.yaml",
    );
    assert.deepEqual(diagnostics.map(({ code, pointer }) => [code, pointer]), [
      ["ERR_KEY_MISSING", "/params"],
    ]);
  });

  Deno.test(`nobody says which processor a ${language} document is for when nothing is around it`, () => {
    const view = viewIn(plainHost(), `inputs.${language}`, text);
    assert.equal(view.association.from, "none");
    assert.deepEqual(view.diagnostics, []);
  });
}

Deno.test("a modeline is stronger than settings", () => {
  const host = plainHost({ "/project/theory.yaml": SETTINGS });
  const text = `# processor: replicate/generic@1\n${PLAIN.yaml}`;
  const { association } = viewIn(host, "chat/a.yaml", text);
  assert.equal(association.from, "modeline");
  assert.equal(association.ref, "replicate/generic@1");
});

Deno.test("a finding about an attachment of the settings leads to its declaration there", () => {
  const settings = SETTINGS.replace("photo.png", "gone.png");
  const host = plainHost({ "/project/theory.yaml": settings });
  const text =
    '{"schema": "v1", "params": {"messages": [{"role": "user", "content": [{"$attach": "image"}]}]}}';
  const { diagnostics } = viewIn(host, "chat/a.json", text);
  const missing = diagnostics.find(({ code }) => code === "ERR_ATTACH_MISSING");
  const [related] = missing?.related ?? [];
  assert.equal(related?.source, "/project/theory.yaml");
  assert.equal(
    settings.slice(related?.span.start, related?.span.end),
    "image",
  );
});

Deno.test("lookAround() takes the nearest settings, and of their roots those that are there", () => {
  const host = plainHost({
    "/project/theory.yaml": SETTINGS,
    "/project/sub/theory.json": '{"registry": ["."]}',
    "/project/processors/a": "",
  });
  const around = (dir: string) => lookAround({ dir }, host);
  assert.deepEqual(around("/project/other").roots, ["/project/processors"]);
  assert.deepEqual(around("/project/sub/deep").roots, ["/project/sub"]);
  assert.equal(around("/elsewhere").settings, undefined);
});

Deno.test("lookAround() keeps broken settings, which say nothing", () => {
  const host = plainHost({ "/project/theory.yaml": "inputs: [ {files" });
  const { settings, association } = lookAround({ dir: "/project" }, host);
  assert.notDeepEqual(settings?.diagnostics, []);
  assert.equal(association.from, "none");
});
