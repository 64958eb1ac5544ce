import assert from "node:assert/strict";
import { openRegistry, scaffold } from "../../registry/mod.ts";
import { Failure } from "../../schemas/mod.ts";
import { check, exampleFor } from "../../schemas/checker.ts";
import { startServer } from "../runtime/server_process.ts";
import { requestFrame, talk } from "../runtime/socket_client.ts";
import { tempRegistry } from "./temp_registry.ts";

const REF = "my-team/hello_world@12";
const FOLDER = "my-team/hello_world/12";

function scaffolded(options = {}) {
  const files = scaffold(REF, options);
  const registry = tempRegistry(Object.fromEntries(
    files.map(({ name, text }) => [`${FOLDER}/${name}`, text]),
  ));
  const { dir } = registry;
  return { registry, opened: openRegistry([{ dir, shipped: false }]) };
}

Deno.test("scaffold() writes an entry that nothing is wrong with", () => {
  const { registry, opened } = scaffolded();
  using _ = registry;
  assert.deepEqual(opened.load(REF).diagnostics, []);
  assert.equal(opened.require(REF).entry.ref, REF);
});

Deno.test("scaffold() takes a title, secrets and limits", () => {
  const { registry, opened } = scaffolded({
    title: 'A "quoted": title $& # 1',
    secrets: ["MY_KEY", "OTHER"],
    cpu: 0.5,
    memoryGb: 8,
    timeoutS: 30,
  });
  using _ = registry;
  const { entry, diagnostics } = opened.load(REF);
  assert.deepEqual(diagnostics, []);
  assert.equal(entry?.title, 'A "quoted": title $& # 1');
  assert.deepEqual(entry?.secrets.required, ["MY_KEY", "OTHER"]);
  assert.deepEqual(entry?.runtime, {
    cpu: 0.5,
    memoryGb: 8,
    timeoutS: 30,
    gpu: null,
  });
});

Deno.test("scaffold() refuses what is not a ref", () => {
  assert.throws(() => scaffold("Hello"), (error) => {
    assert.ok(error instanceof Failure);
    assert.equal(error.code, "ERR_REF_INVALID");
    return true;
  });
});

Deno.test("scaffold() writes an example that passes the check and is what exampleFor() makes", () => {
  const { registry, opened } = scaffolded();
  using _ = registry;
  const name = `${registry.dir}/${FOLDER}/inputs.example.json`;
  const text = Deno.readTextFileSync(name);
  const { entry } = opened.require(REF);
  const { diagnostics } = check({ name, text, language: "json" }, {
    registry: { entry: () => entry, refs: [REF] },
    attachments: new Map(),
    attachmentsComplete: true,
    probe: () => ({ kind: "missing" }),
  });
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(exampleFor(entry), JSON.parse(text));
});

Deno.test("scaffold() writes a handler that passes the type check by itself", async () => {
  const { registry } = scaffolded();
  using _ = registry;
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--no-config", "--no-lock", "handler.ts"],
    cwd: `${registry.dir}/${FOLDER}`,
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
});

Deno.test("scaffold() writes a processor that runs at once", async () => {
  const { registry, opened } = scaffolded();
  using _ = registry;
  const { entry, dir } = opened.require(REF);
  await using server = await startServer({
    ref: REF,
    handler: `file://${dir}/handler.ts`,
    entry: JSON.parse(JSON.stringify(entry)),
  });
  const { params = {} } = exampleFor(entry);
  const { last, frames } = await talk(
    server.url,
    requestFrame("R1", { params, write_prefix: "/artifacts/outputs/hello/" }),
  );
  assert.deepEqual(last["error"], undefined);
  const kinds = new Set(frames.map(({ kind }) => kind));
  assert.ok(kinds.has("Token") && kinds.has("Event"));
  const folder = `${server.runsDir}/R1/outputs/hello`;
  assert.deepEqual(
    entry.outputs.map(({ path }) => Deno.readTextFileSync(`${folder}/${path}`)),
    ["Hello, World!\n", '{"mode":"mock","characters":13}'],
  );
});
