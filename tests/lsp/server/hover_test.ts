import assert from "node:assert/strict";
import type { Hover } from "vscode-languageserver";
import { theory } from "../../cli/theory.ts";
import { inProject, type Project } from "./project_client.ts";
import { TOOLKIT } from "./wire_client.ts";

const PICTURE = Deno.readFileSync(`${TOOLKIT}/docs/examples/landscape.png`);

/** Documents of each language that say the same. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  "inputs.json": `{
  "schema": "v1",
  "$processor": "llm/litellm@1",
  "$attachments": {"photo": "landscape.png"},
  "params": {
    "model": "openai/gpt-4o-mini",
    "messages": [{"role": "user", "content": [
      {"type": "text", "text": "What is it"}, {"$attach": "photo"}
    ]}]
  }
}
`,
  "inputs.jsonc": `{
  // with comments, and commas that JSON does not have
  "schema": "v1",
  "$processor": "llm/litellm@1",
  "$attachments": {"photo": "landscape.png"},
  "params": {
    "model": "openai/gpt-4o-mini",
    "messages": [{"role": "user", "content": [
      {"type": "text", "text": "What is it"}, {"$attach": "photo"},
    ]}],
  },
}
`,
  "inputs.yaml": `schema: v1
$processor: llm/litellm@1
$attachments: {photo: landscape.png}
params:
  model: openai/gpt-4o-mini
  messages:
    - role: user
      content: [{type: text, text: What is it}, {$attach: photo}]
`,
};

const MARKDOWN = {
  general: { markdown: { parser: "marked" } },
  textDocument: { hover: { contentFormat: ["markdown", "plaintext"] } },
};

for (const [name, text] of Object.entries(DOCUMENTS)) {
  const files = { [name]: text, "landscape.png": PICTURE };

  Deno.test(`lsp shows what the schema says of a key in ${name}`, async () => {
    await inProject(files, async (project) => {
      project.open(name);
      const model = await hovered(project, name, "model");
      assert.match(model, /\*\*model\*\* · text/);
      assert.match(await hovered(project, name, "role"), /`user`/);
      assert.match(await hovered(project, name, "schema"), /`v1`/);
      const processor = await hovered(project, name, "litellm@1");
      assert.match(processor, /OPENAI_API_KEY/);
      assert.match(processor, /\$processor says so/);
    }, { capabilities: MARKDOWN });
  });

  Deno.test(`lsp shows an attachment of ${name} exactly as a run records it`, async () => {
    await inProject(files, async (project) => {
      project.open(name);
      const run = await theory(
        ["localctl", "run", "--mode", "mock", "--inputs-file", name],
        { cwd: project.dir },
      );
      assert.equal(run.code, 0, run.stderr);
      const list = await theory(["runs", "list", "--json"], {
        cwd: project.dir,
      });
      const [attached] = JSON.parse(list.stdout).runs[0].attachments;
      const { cid, mime, path, size } = attached;
      const said = await hovered(project, name, "$attach");
      const parts = [
        "**photo** · attached file",
        "- File: `landscape.png`",
        `- Media type: \`${mime}\``,
        `- Size: ${size} B`,
        "- Dimensions: 96 × 64 pixels",
        `- cid: \`${cid}\``,
        `"$artifact": "${path}"`,
        `"cid": "${cid}"`,
        `"mime": "${mime}"`,
        "](data:image/png;base64,iVBOR",
      ];
      for (const part of parts) assert.ok(said.includes(part), said);
    }, { capabilities: MARKDOWN });
  });

  Deno.test(`lsp shows plain text about ${name} to clients without markdown`, async () => {
    await inProject(files, async (project) => {
      project.open(name);
      const said = await hovered(project, name, "$attach");
      assert.match(said, /^photo: attached file\n\nFile: landscape\.png\n/);
      assert.match(said, /\ncid: b3:[0-9a-f]{64}\n/);
      assert.ok(!/[*`]|data:/.test(said), said);
    });
  });
}

/** What is said about the last `$attach`, or the first word like this. */
async function hovered(
  { client, uri, dir }: Project,
  name: string,
  word: string,
): Promise<string> {
  const text = Deno.readTextFileSync(`${dir}/${name}`);
  const offset = word === "$attach"
    ? text.lastIndexOf(word)
    : text.indexOf(word);
  const before = text.slice(0, offset + 1).split("\n");
  const answer = await client.request<Hover | null>("textDocument/hover", {
    textDocument: { uri: uri(name) },
    position: {
      line: before.length - 1,
      character: before.at(-1)?.length ?? 0,
    },
  });
  const contents = answer?.contents;
  assert.ok(typeof contents === "object" && "value" in contents, word);
  return contents.value;
}
