import assert from "node:assert/strict";
import { delimiter, dirname, join } from "node:path";
import { cidOf } from "../../schemas/mod.ts";
import { framed } from "../lsp/server/framed.ts";
import { ROOT } from "../cli/request_of.ts";
import { HELLO, NO_ENGINE, workFolder } from "../cli/theory.ts";
import { COMMANDS_DIR, pages } from "./pages.ts";

const PHOTO = Deno.readFileSync(join(ROOT, "docs/examples/landscape.png"));

/** What the examples name: files by their paths in the working folder, which is the home, too. */
const FILES: Readonly<Record<string, string | Uint8Array>> = {
  "inputs.json": HELLO,
  "inputs/one.json": HELLO.replace("{", '{"$processor":"llm/litellm@1",'),
  "photo.jpg": PHOTO,
};

/** The `inputs.yaml` of an example, which may declare the attachment itself. */
function inputsFor(example: string): string {
  const declared = example.includes(" --attach ")
    ? ""
    : "$attachments: { image: photo.jpg }\n";
  return `${declared}$processor: llm/litellm@1
schema: v1
params:
  messages:
    - role: user
      content: [{ $attach: image }]
`;
}

/** What the examples take for granted, as one is used to from the days before. */
const BEFORE = [
  "theoryctl registry new demo/other@1 --dir processors",
  "theoryctl artifacts put photo.jpg",
  ...["E1", "5f0c-1", "81aa-1", "nightly", "nightly"].map((id) =>
    `theoryctl localctl run --ref llm/litellm@1 --inputs-file inputs.json --execution-id ${id}`
  ),
];

const SESSION = framed(
  { id: 1, method: "initialize", params: { capabilities: {} } },
  { id: 2, method: "shutdown" },
  { method: "exit" },
);

/** What the tests of containers do. */
const ON_ENGINE = /--engine docker|theoryctl (?:imagectl|registry pin) /;

/** The examples of a page, each as one text, with `…` replaced by what it stands for. */
async function examplesOf(page: string): Promise<readonly string[]> {
  const [, section = ""] = /^EXAMPLES\n(.*?)\n\n/ms.exec(page) ?? [];
  const cid = await cidOf(PHOTO);
  return section.replaceAll("\\\n    ", "").split("\n")
    .map((line) => line.trim().replace("b3:0f1c…", cid))
    .filter((line) => line !== "");
}

/** A folder in which the examples can be typed, with a `theoryctl` in its path. */
async function setting() {
  const folder = await workFolder();
  const { dir } = folder;
  const bin = await Deno.makeTempDir();
  for (const [name, content] of Object.entries(FILES)) {
    await Deno.mkdir(dirname(join(dir, name)), { recursive: true });
    const bytes = typeof content === "string"
      ? new TextEncoder().encode(content)
      : content;
    await Deno.writeFile(join(dir, name), bytes);
  }
  const program = join(bin, "theoryctl");
  const line = `exec deno run -q -A '${ROOT}/main.ts' --as theoryctl "$@"`;
  await Deno.writeTextFile(program, `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  const path = [bin, dirname(Deno.execPath()), Deno.env.get("PATH")];
  const { DENO_DIR = `${Deno.env.get("HOME")}/.cache/deno` } = Deno.env
    .toObject();
  const env = {
    ...{ HOME: dir, DENO_DIR, PATH: path.join(delimiter), NO_COLOR: "1" },
    OPENAI_API_KEY: "sk-of-an-example",
    ...NO_ENGINE,
    ...{ MODAL_TOKEN_ID: "ak-example", MODAL_TOKEN_SECRET: "as-example" },
  };
  return {
    async type(text: string) {
      await Deno.writeTextFile(join(dir, "inputs.yaml"), inputsFor(text));
      return await typed(text, { cwd: dir, env });
    },
    async [Symbol.asyncDispose]() {
      await folder[Symbol.asyncDispose]();
      await Deno.remove(bin, { recursive: true });
    },
  };
}

/** Types a line into a shell; answers what went wrong. */
async function typed(
  text: string,
  options: Pick<Deno.CommandOptions, "cwd" | "env">,
): Promise<readonly string[]> {
  const child = new Deno.Command("bash", {
    args: ["-euo", "pipefail", "-c", text],
    ...options,
    clearEnv: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  const input = text.startsWith("theoryctl lsp") ? SESSION : "";
  await writer.write(new TextEncoder().encode(input)).catch(() => {});
  await writer.close().catch(() => {});
  const { code, stderr } = await child.output();
  const said = new TextDecoder().decode(stderr);
  return code === 0 ? [] : [`${text}: exit ${code}: ${said}`];
}

Deno.test("what the pages of commands show as examples works", async () => {
  await using place = await setting();
  for (const line of BEFORE) assert.deepEqual(await place.type(line), []);
  // In the order in which they are typed: an instance is started first, and stopped at the end.
  const rank = (page: string) =>
    ["start", "stop"].findIndex((end) => page.endsWith(`_${end}.md`));
  const order = [0, -1, 1];
  const names = [...pages().keys()]
    .filter((name) => name.startsWith(COMMANDS_DIR))
    .sort((a, b) => order.indexOf(rank(a)) - order.indexOf(rank(b)));
  const wrong: string[] = [];
  const following: Promise<readonly string[]>[] = [];
  for (const name of names) {
    const examples = await examplesOf(pages().get(name) ?? "");
    assert.ok(examples.length > 0 || name.endsWith("README.md"), name);
    for (const example of examples) {
      if (ON_ENGINE.test(example)) continue;
      const done = place.type(example);
      if (example.endsWith(" --follow")) following.push(done);
      else wrong.push(...await done);
    }
  }
  const ends = await Promise.all(following);
  assert.deepEqual([...wrong, ...ends.flat()], []);
});
