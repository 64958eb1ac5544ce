import assert from "node:assert/strict";
import { theory, workFolder } from "../cli/theory.ts";
import { eachEngine } from "./each_engine.ts";
import { requireCode } from "./probe_ground.ts";
import { programGround } from "./program_processor.ts";
import { programOutput } from "./program_output.ts";
import { runOf } from "./python_processor.ts";
import { untilSaid } from "./until_said.ts";

eachEngine(
  "localctl stop leaves a program alone whose command goes on",
  async (engine) => {
    await using ground = await programGround(engine, "third");
    await using elsewhere = await workFolder();
    const child = ground.begin(runOf(ground, { do: "wait" }, "--stream"));
    await child.stdin.close();
    await untilSaid(child.stderr, "waiting");
    const running = await ground.left();
    assert.equal(running.length, 1);
    const all = ["localctl", "stop", "--all"];
    for (
      const stopped of [
        await ground.command(["localctl", "stop", "--ref", ground.ref]),
        await ground.command(all),
        await theory(all, { cwd: elsewhere.dir, env: engine.env }),
      ]
    ) {
      const { stdout } = requireCode(stopped, 0);
      assert.ok(!stdout.includes(ground.ref), stdout);
      assert.deepEqual(await ground.left(), running);
    }
    child.kill("SIGINT");
    await child.stdout.cancel();
    assert.equal((await child.status).code, 130);
    assert.deepEqual(await ground.left(), []);
  },
);

for (const how of ["--ref", "--all"]) {
  eachEngine(
    `localctl stop ${how} ends a program whose command died`,
    async (engine) => {
      await using ground = await programGround(engine, "third");
      // As if what watches over it had died, too.
      await programOutput([
        ...engine.client,
        ...["run", "--detach", "--label", `theory.ref=${ground.ref}`],
        ...["--label", `theory.state=${ground.stateDir}`],
        ...["--label", "theory.run=0123456789abcdef"],
        ...["--entrypoint", "sleep", "theory-tests/program-third", "600"],
      ]);
      assert.equal((await ground.left()).length, 1);
      const more = how === "--ref" ? [ground.ref] : [];
      const stop = ["localctl", "stop", how, ...more];
      const stopped = requireCode(await ground.command(stop), 0);
      assert.match(stopped.stdout, new RegExp(`^Stopped ${ground.ref}$`, "m"));
      assert.deepEqual(await ground.left(), []);
    },
  );
}
