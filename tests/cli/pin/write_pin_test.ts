import assert from "node:assert/strict";
import { join } from "node:path";
import { writePin } from "../../../cli/pin/write_pin.ts";
import { temporary } from "../../adapters/temporary.ts";
import { plainWorld } from "../plain_world.ts";

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

Deno.test("writePin() waits for a lock no longer than it is wanted", async () => {
  await using temp = await temporary();
  const file = join(temp.folder, "registry.yaml");
  await Deno.writeTextFile(file, ENTRY);
  using held = await Deno.open(file, { read: true, write: true });
  await held.lock(true);
  const { world } = plainWorld([]);
  const stop = new AbortController();
  const pinning = writePin(
    file,
    { platform: "amd64", reference: "demo/hello@sha256:1" },
    { dryRun: false, world: { ...world, interrupted: stop.signal } },
  );
  stop.abort(new RangeError("interrupted"));
  await assert.rejects(pinning, RangeError);
  assert.equal(await Deno.readTextFile(file), ENTRY);
});
