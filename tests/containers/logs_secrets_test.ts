import assert from "node:assert/strict";
import { eachEngine } from "./each_engine.ts";
import { PROBE, probeGround, requireCode } from "./probe_ground.ts";
import { programOutput } from "./program_output.ts";

const SECRET = "sk-marked-6d1f\nof two lines";

eachEngine(
  "localctl logs shows no secret of its container, in pieces neither",
  async (engine) => {
    await using ground = await probeGround(engine);
    const env = { PROBE_SECRET: SECRET };
    requireCode(await ground.local("start", [], env), 0);
    // Engines keep a line in pieces of 16 KiB.
    for (const before of ["the key is ", "x".repeat(16 * 1024 - 8)]) {
      await ground.ask(`/say?text=${encodeURIComponent(before + SECRET)}`);
    }
    const raw = await programOutput([
      ...engine.client,
      "logs",
      await ground.id(),
    ]);
    assert.match(raw, /the key is sk-marked-6d1f\nof two lines\n/);
    const follow = ["localctl", "logs", "--ref", PROBE, "--follow"];
    const following = ground.begin(follow);
    const whole = requireCode(await ground.local("logs"), 0).stdout;
    const tail = requireCode(await ground.local("logs", ["--tail", "1"]), 0);
    await ground.ask("/end?code=0").catch(() => {});
    const followed = new TextDecoder().decode(
      (await following.output()).stdout,
    );
    for (const text of [whole, tail.stdout, followed]) {
      assert.doesNotMatch(text, /marked|of two lines/);
      assert.match(text, /\*\*\*(?:, as an error)?\n$/);
    }
    assert.match(whole, /^the key is \*\*\*$/m);
    assert.match(whole, /^x+\*\*\*, as an error$/m);
  },
);

eachEngine(
  "localctl logs says that somebody removed the container",
  async (engine) => {
    await using ground = await probeGround(engine);
    requireCode(await ground.local("start"), 0);
    const id = await ground.id();
    await programOutput([...engine.client, "rm", "--force", id]);
    const logs = requireCode(await ground.local("logs"), 6);
    assert.match(
      logs.stderr,
      /^error ERR_NOT_RUNNING .*removed its container$/m,
    );
  },
);
