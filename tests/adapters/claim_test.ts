import assert from "node:assert/strict";
import { join } from "node:path";
import { claim, claimBeside } from "../../adapters/sandbox/claim.ts";

const SWEEPER = join(import.meta.dirname ?? ".", "sweep_process.ts");

/** Another command begins, and is through with sweeping when this returns. */
function sweep(stateDir: string): void {
  const { success, stderr } = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", SWEEPER, stateDir],
  }).outputSync();
  assert.ok(success, new TextDecoder().decode(stderr));
}

for (const moment of ["made", "locked", "held"] as const) {
  Deno.test(`claim() is not lost to somebody who sweeps when it is ${moment}`, async () => {
    const stateDir = await Deno.makeTempDir({ prefix: "claim-" });
    const runs = join(stateDir, "runs", "demo~hello@1");
    await Deno.mkdir(runs, { recursive: true });
    await Deno.mkdir(join(stateDir, "instances"));
    // Locked, as by an instance that is being started: its runs as a whole are left alone.
    const lock = join(stateDir, "instances", "demo~hello@1.lock");
    using instance = await Deno.open(lock, { create: true, write: true });
    await instance.lock(true);
    const folder = join(runs, "E1");
    await Deno.mkdir(folder);
    let swept = false;
    const sweepOnce = (now: string) => {
      if (now !== moment || swept) return;
      swept = true;
      sweep(stateDir);
    };
    const held = claim(claimBeside(folder), sweepOnce);
    sweepOnce("held");
    assert.ok(swept && held);
    assert.equal(claim(claimBeside(folder)), undefined);
    const names = Array.from(Deno.readDirSync(runs), ({ name }) => name).sort();
    assert.deepEqual(names, [".claim-E1", "E1"]);
    held.release();
    await Deno.remove(stateDir, { recursive: true });
  });
}

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
