import assert from "node:assert/strict";
import { ownProcessor } from "./own_processor.ts";
import { envelopeOf, HELLO, theory, workFolder } from "./theory.ts";

const RUN = ["localctl", "run", "--ref", "llm/litellm@1"];
const DONE = [...RUN, "--inputs-json", HELLO, "--execution-id", "done"];

/** One line, without a stack. */
const UNWRITTEN = /^error ERR_SAVE Cannot write the result: No space left .*$/m;
const STACK = /^\s+at /m;

async function recordOf(id: string, cwd: string) {
  const printed = await theory(["runs", "show", id, "--json"], { cwd });
  const { status, exit_code, envelope } = JSON.parse(printed.stdout);
  return { status, exit_code, envelope };
}

Deno.test("localctl run into a full disk is recorded as the success that it was", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const redirect = "> /dev/full";
  const { code, stderr } = await theory(DONE, { cwd, redirect });
  assert.equal(code, 9, stderr);
  assert.match(stderr, UNWRITTEN);
  assert.doesNotMatch(stderr, STACK);
  const { status, exit_code, envelope } = await recordOf("done", cwd);
  assert.deepEqual([status, exit_code], ["success", 9]);
  assert.equal(envelope.status, "success");
});

Deno.test("localctl run goes well where nothing can be told beside its result", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const printed = await theory(DONE, { cwd, redirect: "2> /dev/full" });
  assert.equal(printed.code, 0);
  assert.equal(envelopeOf(printed).status, "success");
  const { status, exit_code } = await recordOf("done", cwd);
  assert.deepEqual([status, exit_code], ["success", 0]);
});

Deno.test("a failure is told, and decides the exit code, also where its JSON cannot be written", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const redirect = "> /dev/full";
  const fails = 'export const handle = () => { throw new Error("boom"); };';
  const run = await ownProcessor(cwd, "demo/fails@1", fails);
  const failed = await theory([...run, "--execution-id", "failed"], {
    cwd,
    redirect,
  });
  assert.equal(failed.code, 1, failed.stderr);
  assert.match(failed.stderr, /^error ERR_RUNTIME .*boom/m);
  const { status, exit_code } = await recordOf("failed", cwd);
  assert.deepEqual([status, exit_code], ["error", 1]);
  const refused = await theory([...RUN, "--inputs", "-"], { cwd, redirect });
  assert.equal(refused.code, 3, refused.stderr);
  assert.match(refused.stderr, /^error ERR_INPUTS /m);
});

Deno.test("no command takes a full disk for a bug", async () => {
  const lines = [
    ["--help"],
    ["--version"],
    ["localctl", "run", "--help"],
    ["help", "--json"],
    ["explain"],
    ["check", "-", "--json"],
  ];
  for (const args of lines) {
    const redirect = "> /dev/full";
    const { code, stderr } = await theory(args, { stdin: HELLO, redirect });
    assert.equal(code, 9, `${args.join(" ")}: ${stderr}`);
    assert.match(stderr, UNWRITTEN);
    assert.doesNotMatch(stderr, STACK);
    const told = await theory(args, { stdin: HELLO, redirect: "2> /dev/full" });
    assert.equal(told.code, 0, args.join(" "));
  }
});
