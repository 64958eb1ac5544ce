import assert from "node:assert/strict";
import { join } from "node:path";
import { runCli } from "../../cli/mod.ts";
import { printFailure } from "../../cli/conclude.ts";
import { Failure } from "../../schemas/mod.ts";
import { ownProcessor } from "./own_processor.ts";
import { plainWorld } from "./plain_world.ts";
import { envelopeOf, theory, workFolder } from "./theory.ts";

/** Empties the screen, names the window, rings. */
const STEERS = "\x1b[2J\x1b]0;name\x07\x9b2J";

/** All that a terminal obeys but the ends of lines and tabs. */
// deno-lint-ignore no-control-regex
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

const HANDLERS: Readonly<Record<string, string>> = {
  throws: `throw new Error("boom" + steers);`,
  fails: `run.fail("ERR_OWN", "boom" + steers);`,
  names: `await run.write("pages/boom" + steers + ".html", "");`,
};

Deno.test("localctl run tells what a processor says without what steers a terminal", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  for (const [name, body] of Object.entries(HANDLERS)) {
    const steers = JSON.stringify(STEERS);
    const handler =
      `export async function handle(run) { const steers = ${steers}; ${body} }`;
    const args = await ownProcessor(cwd, `demo/${name}@1`, handler);
    const printed = await theory(args, { cwd });
    assert.notEqual(printed.code, 0, printed.stderr);
    assert.match(printed.stderr, /^error ERR_.*boom/m);
    assert.doesNotMatch(printed.stderr, OBEYED);
    // Data is kept as it was said.
    if (name === "names") continue;
    assert.ok(envelopeOf(printed).error?.message.includes(STEERS), name);
  }
});

Deno.test("check names a file without what steers a terminal, there or not", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const there = `in${STEERS.replaceAll("/", "")}.json`;
  await Deno.writeTextFile(join(cwd, there), "{");
  for (const file of [there, "no\x1b[31m.json"]) {
    const { code, stdout, stderr } = await theory(["check", file], { cwd });
    assert.equal(code, 3, stderr);
    assert.match(`${stdout}${stderr}`, /ERR_/);
    assert.doesNotMatch(`${stdout}${stderr}`, OBEYED);
  }
});

Deno.test("a wrong line is told without what steers a terminal", async () => {
  const { code, stderr } = await theory(["localctl", "st\x1b[2J"]);
  assert.equal(code, 2, stderr);
  assert.doesNotMatch(stderr, OBEYED);
});

Deno.test("a wrong line is told in colour on a terminal, and without in JSON", async () => {
  const { world, err, out } = plainWorld(["localctl", "st\x1b[2J", "--json"]);
  const stderr = { ...world.stderr, color: true };
  assert.equal(await runCli({ ...world, stderr }), 2);
  const [said = ""] = err().split("\n");
  assert.ok(said.startsWith("\x1b[1m\x1b[31mCannot find command"), said);
  assert.ok(said.endsWith("\x1b[39m\x1b[22m"), said);
  const { message } = JSON.parse(out()).error;
  assert.ok(message.startsWith('Cannot find command "st\x1b[2J": '), message);
});

Deno.test("printFailure() keeps the lines of a hint, and steers nothing by it", () => {
  const { world, err } = plainWorld([]);
  const hint = `at one\n\tat ${STEERS}two`;
  printFailure(new Failure("ERR_OWN", "Cannot go on", { hint }), {
    flags: {},
    world,
  });
  assert.match(err(), /^error ERR_OWN Cannot go on\nat one\n\tat .*two\n$/);
  assert.doesNotMatch(err(), OBEYED);
});
