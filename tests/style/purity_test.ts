import assert from "node:assert/strict";
import { readPlace, ROOT } from "./repository_files.ts";

const FIXTURES = new URL("testdata/purity/", import.meta.url);

for (
  const name of ["reads_environment", "fetches", "writes", "reads_elsewhere"]
) {
  Deno.test(`task test:pure fails when a test ${name}`, async () => {
    const { success, text } = await testPure(`${name}_test.ts`);
    assert.equal(success, false);
    assert.match(text, /NotCapable/);
  });
}

Deno.test("task test:pure passes when a test reads test data", async () => {
  const { success, text } = await testPure("reads_test_data_test.ts");
  assert.match(text, /1 passed/);
  assert.equal(success, true);
});

Deno.test("task test:pure covers the tests of the pure folders", () => {
  assert.equal(pureTask().at(-1), "tests/schemas");
});

/** Runs the task's own command line on a fixture. */
async function testPure(fixture: string) {
  const flags = pureTask().slice(1, -1);
  const output = await new Deno.Command(Deno.execPath(), {
    args: [...flags, new URL(fixture, FIXTURES).pathname],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  const [out, err] = [output.stdout, output.stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  return { success: output.success, text: `${out}${err}` };
}

function pureTask(): readonly string[] {
  return JSON.parse(readPlace("deno.json")).tasks["test:pure"].split(" ");
}
