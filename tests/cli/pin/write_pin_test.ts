import assert from "node:assert/strict";
import { join } from "node:path";
import { temporary } from "../../adapters/temporary.ts";

const ENTRY = `ref: demo/hello@1
image:
  platforms:
    amd64: demo/hello:none
    arm64: demo/hello:none
inputs: { type: object }
`;

Deno.test("writePin() of two processes at once loses no pin", async () => {
  await using temp = await temporary();
  const file = join(temp.folder, "registry.yaml");
  await Deno.writeTextFile(file, ENTRY);
  const script = new URL("pin_process.ts", import.meta.url).pathname;
  const both = await Promise.all(
    ["amd64", "arm64"].map((platform) =>
      new Deno.Command(Deno.execPath(), {
        args: ["run", "--quiet", "--frozen", "-A", script, file, platform],
      }).output()
    ),
  );
  for (const { code, stderr } of both) {
    assert.equal(code, 0, new TextDecoder().decode(stderr));
  }
  const last = `demo/hello@sha256:${"59".repeat(32)}`;
  assert.equal(
    await Deno.readTextFile(file),
    ENTRY.replaceAll("demo/hello:none", last),
  );
  const left = await Array.fromAsync(Deno.readDir(temp.folder));
  assert.deepEqual(left.map(({ name }) => name), ["registry.yaml"]);
});
