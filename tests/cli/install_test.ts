import assert from "node:assert/strict";
import { assertInstallable, documented, installation } from "./installation.ts";
import { ROOT } from "./request_of.ts";

Deno.test("what docs/install.md installs works in another folder, and can be removed", async () => {
  await assertInstallable(ROOT, "main.ts");
});

Deno.test("what docs/engines.md installs may look for the engine where it says", async () => {
  await using place = await installation();
  const lines = await documented("install", "docs/engines.md");
  assert.equal(lines.length, 1);
  for (const line of lines) {
    const { code, stderr } = await place.run(line, ROOT);
    assert.equal(code, 0, stderr);
  }
  const listed = await place.run("theoryctl imagectl list");
  assert.ok([0, 9].includes(listed.code), listed.stderr);
  const { code, stderr } = await place.run("theoryctl localctl status");
  assert.equal(code, 0, stderr);
});
