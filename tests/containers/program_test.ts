import assert from "node:assert/strict";
import { join } from "node:path";
import { leavesOf } from "../adapters/shared_fixture.ts";
import { envelopeOf } from "../cli/theory.ts";
import { eachEngine } from "./each_engine.ts";
import { programGround } from "./program_processor.ts";
import type { Ground } from "./python_processor.ts";
import { runOf } from "./python_processor.ts";
import { untilSaid } from "./until_said.ts";

/** What is left of runs, on the engine and on the disk. */
async function leftOf(ground: Ground): Promise<readonly string[]> {
  const runs = await leavesOf(join(ground.stateDir, "runs")).catch(() => []);
  return [...await ground.left(), ...runs];
}

/** The text that a run wrote. */
async function textOf(
  ground: Ground,
  ...[params, ...more]: [Readonly<Record<string, unknown>>, ...string[]]
): Promise<string> {
  const file = join(ground.dir, "first.txt");
  const ran = await ground.command(
    runOf(ground, params, "--save-first", file, ...more),
  );
  assert.equal(ran.code, 0, ran.stderr);
  return await Deno.readTextFile(file);
}

for (const generation of ["first", "second", "third"] as const) {
  eachEngine(
    `localctl run runs a program of the ${generation} generation, in a container of its own`,
    async (engine) => {
      await using ground = await programGround(engine, generation);
      const { dir } = ground;
      const said = await textOf(ground, {});
      assert.equal(said, `${generation}, mock, without a key`);
      await Deno.writeTextFile(join(dir, "given.txt"), "the attachment");
      const params = { file: { $attach: "given" } };
      const read = await textOf(ground, params, "--attach", "given=given.txt");
      assert.equal(read, "Read: the attachment");
      assert.equal(await textOf(ground, { do: "net" }), "network: ");
      assert.deepEqual(await leftOf(ground), []);
    },
  );
}

/** What a run does, and how that ends. */
const ENDS: Readonly<
  Record<string, readonly [Readonly<Record<string, unknown>>, string, number]>
> = {
  "fails": [{ do: "fail", text: "Cannot do it" }, "ERR_RUNTIME", 1],
  "refuses what it is told": [{ do: "code", code: 2 }, "ERR_RUNTIME", 1],
  "ends past a limit of its own": [
    { do: "code", code: 124 },
    "ERR_RUN_TIMEOUT",
    7,
  ],
  "is killed by others": [{ do: "code", code: 137 }, "ERR_INSTANCE_DIED", 9],
  "is ended by others": [{ do: "code", code: 143 }, "ERR_INSTANCE_DIED", 9],
  "uses up its memory": [{ do: "hoard" }, "ERR_OUT_OF_MEMORY", 1],
  "leaves a link": [{ do: "link" }, "ERR_OUTPUT_UNSAFE", 1],
};

eachEngine(
  "localctl run tells how a program ended, and leaves nothing",
  async (engine) => {
    await using ground = await programGround(engine, "third");
    for (const [what, [params, said, exited]] of Object.entries(ENDS)) {
      // Podman 4 does not tell that memory was the reason.
      const untold = said === "ERR_OUT_OF_MEMORY" && engine.name === "podman";
      const code = untold ? "ERR_INSTANCE_DIED" : said;
      const exit = untold ? 9 : exited;
      const ran = await ground.command(runOf(ground, params, "--json"));
      assert.equal(envelopeOf(ran).error?.code, code, `${what}: ${ran.stdout}`);
      assert.equal(ran.code, exit, what);
      assert.deepEqual(await leftOf(ground), [], what);
    }
    const failed = await ground.command(
      runOf(ground, { do: "fail", text: "Cannot do it" }, "--json"),
    );
    assert.match(
      envelopeOf(failed).error?.message ?? "",
      /Error: Cannot do it/,
    );
  },
);

eachEngine(
  "localctl run ends a program whose time is over, also one that does not heed it",
  async (engine) => {
    await using ground = await programGround(engine, "third");
    for (const todo of ["wait", "ignore"]) {
      const limits = ["--timeout", "2s", "--grace", "300ms", "--json"];
      const ran = await ground.command(runOf(ground, { do: todo }, ...limits));
      assert.equal(envelopeOf(ran).error?.code, "ERR_RUN_TIMEOUT", ran.stderr);
      assert.equal(ran.code, 7);
      assert.deepEqual(await leftOf(ground), []);
    }
  },
);

eachEngine(
  "localctl run gives a real program its secrets, and shows none of them",
  async (engine) => {
    const secret = "sk-very-secret-0123456789\nof two lines";
    const env = { ...engine.env, DEMO_KEY: secret };
    await using ground = await programGround({ ...engine, env }, "third");
    const real = await textOf(ground, {}, "--mode", "real");
    assert.equal(real, "third, real, with a key");
    const mode = ["--mode", "real", "--stream", "--json"];
    const leaked = await ground.command(runOf(ground, { do: "leak" }, ...mode));
    assert.equal(leaked.code, 1);
    assert.match(leaked.stdout, /key \*\*\*/);
    const said = `${leaked.stdout}${leaked.stderr}`;
    assert.doesNotMatch(said, /very-secret|of two lines/);
  },
);

eachEngine(
  "a program is run again, and by its document alone, as it was by its name",
  async (engine) => {
    const env = { ...engine.env, DEMO_KEY: "sk-very-secret-0123456789" };
    await using ground = await programGround({ ...engine, env }, "third");
    const real = ["--mode", "real", "--json"];
    const id = ["--execution-id", "again"];
    const first = envelopeOf(
      await ground.command(runOf(ground, {}, ...real, ...id)),
    );
    assert.equal(first.status, "success");
    const again = ["runs", "rerun", "again", "--json"];
    const document = { $processor: ground.ref, schema: "v1", params: {} };
    const named = ["localctl", "run", "--inputs-json"]
      .concat(JSON.stringify(document), real);
    for (const line of [again, named]) {
      const { outputs, error } = envelopeOf(await ground.command(line));
      assert.equal(
        outputs?.[0]?.cid,
        first.outputs?.[0]?.cid,
        `${error?.message}`,
      );
    }
  },
);

eachEngine(
  "localctl run demands the secrets of a real program",
  async (engine) => {
    await using ground = await programGround(engine, "third");
    const ran = await ground.command(
      runOf(ground, {}, "--mode", "real", "--json"),
    );
    assert.equal(envelopeOf(ran).error?.code, "ERR_MISSING_SECRET");
    assert.equal(ran.code, 4);
  },
);

eachEngine("localctl run shows what a program prints", async (engine) => {
  await using ground = await programGround(engine, "second");
  const ran = await ground.command(
    runOf(ground, { do: "progress" }, "--stream"),
  );
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stderr, /begins/);
  assert.match(ran.stderr, /generate/);
});

for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
  eachEngine(
    `a program ends with its command, by ${signal}`,
    async (engine) => {
      await using ground = await programGround(engine, "third");
      const child = ground.begin(
        runOf(ground, { do: "wait" }, "--stream", "--grace", "500ms"),
      );
      await child.stdin.close();
      await untilSaid(child.stderr, "waiting");
      child.kill(signal);
      await child.stdout.cancel();
      const { code } = await child.status;
      assert.equal(code, { SIGINT: 130, SIGTERM: 143, SIGKILL: 137 }[signal]);
      while ((await ground.left()).length > 0) await pause(50);
      // What a killed command leaves on the disk is removed by the next one.
      await ground.command(["runs", "list"]);
      await textOf(ground, {});
      assert.deepEqual(await leftOf(ground), []);
    },
  );
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
