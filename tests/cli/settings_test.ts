import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { theory } from "./theory.ts";

const INPUTS =
  '{"schema": "v1", "params": {"messages": [{"role": "user", "content": "hi"}]}}';

const ENTRY = `ref: demo/near@1
handler: handler.ts
inputs:
  type: object
  properties:
    params: {type: object, required: [word]}
outputs: []
`;

/** A folder with files, removed in the end. */
async function project(files: Readonly<Record<string, string>>) {
  const dir = await Deno.realPath(await Deno.makeTempDir());
  for (const [name, text] of Object.entries(files)) {
    await Deno.mkdir(dirname(join(dir, name)), { recursive: true });
    await Deno.writeTextFile(join(dir, name), text);
  }
  const run = (args: readonly string[], more: {
    readonly cwd?: string;
    readonly flags?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  } = {}) =>
    theory(args, { flags: ["-A"], ...more, cwd: join(dir, more.cwd ?? "") });
  return {
    dir,
    run,
    [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }),
  };
}

Deno.test("localctl run takes the processor, attachments and defaults of settings above the working folder", async () => {
  await using folder = await project({
    "theory.yaml": `inputs:
  - files: "chat/**/*.json"
    ref: llm/litellm@1
    attach: {image: assets/photo.png}
defaults: {save-dir: results, state-dir: state}
`,
    "assets/photo.png": "png",
    "chat/a/inputs.json": INPUTS.replace(
      '"hi"',
      '[{"$attach": "image"}]',
    ),
  });
  const { code, stderr } = await folder.run(
    ["localctl", "run", "--inputs-file", "inputs.json"],
    { cwd: "chat/a" },
  );
  assert.match(stderr, new RegExp(`Saved ${folder.dir}/results/`), stderr);
  assert.equal(code, 0);
  assert.ok((await Deno.stat(join(folder.dir, "state"))).isDirectory);
});

Deno.test("flags and environment are stronger than settings", async () => {
  await using folder = await project({
    "theory.yaml":
      "defaults: {ref: replicate/generic@1, state-dir: from-file, save-dir: from-file, format: json}\n",
    "a.json": INPUTS,
  });
  const run = ["localctl", "run", "--inputs-file", "a.json"];
  const { code, stdout, stderr } = await folder.run([
    ...run,
    ...["--ref", "llm/litellm@1", "--save-first", "first.txt"],
  ], { env: { THEORY_STATE_DIR: "from-environment" } });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /"processor_ref":"llm\/litellm@1"/);
  const names = [...Deno.readDirSync(folder.dir)].map(({ name }) => name);
  assert.deepEqual(names.sort(), [
    "a.json",
    "first.txt",
    "from-environment",
    "theory.yaml",
  ]);
  assert.equal((await folder.run(["check", "a.json"])).stdout[0], "[");
});

Deno.test("a flag that must be given may be given by settings", async () => {
  await using folder = await project({
    "theory.json": '{"defaults": {"ref": "llm/litellm@1"}}',
    "without/theory.yaml": "",
  });
  const url = ["localctl", "url"];
  const inSettings = await folder.run(url);
  assert.match(inSettings.stderr, /llm\/litellm@1/);
  assert.equal(inSettings.code, 6);
  const nowhere = await folder.run(url, { cwd: "without" });
  assert.match(nowhere.stderr, /^Cannot go on without --ref/);
  assert.equal(nowhere.code, 2);
});

Deno.test("registry roots of settings are searched, after those of the environment", async () => {
  await using folder = await project({
    "theory.yaml": "registry: [mine]\n",
    "mine/demo/near/1/registry.yaml": ENTRY,
    "mine/demo/near/1/handler.ts": "",
    "first/demo/near/1/registry.yaml": `${ENTRY}title: First\n`,
    "first/demo/near/1/handler.ts": "",
  });
  const list = ["registry", "show", "demo/near@1"];
  assert.doesNotMatch((await folder.run(list)).stdout, /First/);
  const env = { THEORY_REGISTRY: join(folder.dir, "first") };
  assert.match((await folder.run(list, { env })).stdout, /First/);
});

Deno.test("settings with errors end commands, and check shows them", async () => {
  await using folder = await project({
    "theory.yaml":
      "inputs:\n  - files: ../*.json\n    ref: llm/litelm@1\n    attach: {image: gone.png}\ndefaults: {save-dirs: out, json: 1}\nregistry: [missing]\n",
  });
  const { code, stderr } = await folder.run(["registry", "list"]);
  assert.equal(code, 2);
  assert.match(stderr, /error ERR_CONFIG Cannot use ".*theory.yaml"/);
  const checked = await folder.run(["check", "theory.yaml", "--format=json"]);
  assert.equal(checked.code, 3, checked.stderr);
  const found: readonly { readonly code: string; readonly pointer: string }[] =
    JSON.parse(checked.stdout);
  assert.deepEqual(found.map(({ code, pointer }) => [code, pointer]), [
    ["ERR_VALUE", "/inputs/0/files"],
    ["ERR_REF_UNKNOWN", "/inputs/0/ref"],
    ["ERR_ATTACH_MISSING", "/inputs/0/attach/image"],
    ["ERR_KEY_UNKNOWN", "/defaults/save-dirs"],
    ["ERR_VALUE", "/defaults/json"],
    ["ERR_REGISTRY_ROOT", "/registry/0"],
  ]);
});

Deno.test("settings that may not be read are not there", async () => {
  await using folder = await project({ "theory.yaml": "no: settings\n" });
  const root = new URL("../../", import.meta.url).pathname.slice(0, -1);
  const flags = [
    "--no-prompt",
    `--allow-read=${root}`,
    "--allow-env=THEORY_REGISTRY,THEORY_STATE_DIR",
  ];
  const { code, stderr } = await folder.run(["registry", "list"], { flags });
  assert.equal(code, 0, stderr);
});

Deno.test("check takes the nearest entry of a document that names no processor", async () => {
  await using folder = await project({
    "demo/near/1/registry.yaml": ENTRY,
    "demo/near/1/examples/a.json": '{"schema": "v1", "params": {}}',
  });
  const { code, stdout } = await folder.run(
    ["check", "demo/near/1/examples/a.json", "--format", "json"],
  );
  assert.equal(code, 3, stdout);
  assert.match(stdout, /"ERR_KEY_MISSING".*\\"word\\"/);
});
