import assert from "node:assert/strict";
import { join } from "node:path";
import { claim, claimBeside } from "../../adapters/sandbox/claim.ts";

const SWEEPER = join(import.meta.dirname ?? ".", "sweep_process.ts");

Deno.test("claim() is never lost to somebody who sweeps at the same time", async () => {
  const stateDir = await Deno.makeTempDir({ prefix: "claim-" });
  const runs = join(stateDir, "runs", "demo~hello@1");
  await Deno.mkdir(runs, { recursive: true });
  await Deno.mkdir(join(stateDir, "instances"));
  // Locked, as by an instance that is being started: its runs as a whole are left alone.
  using instance = await Deno.open(
    join(stateDir, "instances", "demo~hello@1.lock"),
    {
      create: true,
      write: true,
    },
  );
  await instance.lock(true);
  const sweeper = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", SWEEPER, stateDir],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const output = sweeper.stdout.getReader();
  await output.read();
  try {
    for (let i = 0; i < 6000; i++) {
      const folder = join(runs, `E${i}`);
      const held = claim(claimBeside(folder));
      assert.ok(held, `claim ${i}`);
      Deno.mkdirSync(folder);
      if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      assert.equal(Deno.statSync(folder).isDirectory, true);
      Deno.removeSync(folder);
      held.release();
    }
  } finally {
    await sweeper.stdin.close();
    await output.cancel();
    await sweeper.status;
  }
  assert.deepEqual(Array.from(Deno.readDirSync(runs), ({ name }) => name), []);
  await Deno.remove(stateDir, { recursive: true });
});

Deno.test("claim() is refused while another holds it, and free after its release", async () => {
  const dir = await Deno.makeTempDir({ prefix: "claim-" });
  const path = claimBeside(join(dir, "E1"));
  const first = claim(path);
  assert.ok(first);
  assert.equal(claim(path), undefined);
  first.release();
  const second = claim(path);
  assert.ok(second);
  second.release();
  assert.deepEqual(Array.from(Deno.readDirSync(dir)), []);
  await Deno.remove(dir, { recursive: true });
});
