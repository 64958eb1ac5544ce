import assert from "node:assert/strict";
import { join } from "node:path";
import { leavesOf } from "../adapters/shared_fixture.ts";
import { envelopeOf, theory } from "../cli/theory.ts";
import { eachEngine } from "./each_engine.ts";
import type { Dialect } from "./python_processor.ts";
import { pythonGround, runOf } from "./python_processor.ts";

/** Where the text of a run is, below its prefix. */
const TEXT: Readonly<Record<Dialect, string>> = {
  http: "text/response.txt",
  post: "text/response.txt",
  nested: "text/response.txt",
  flat: "response.txt",
  request: "response.txt",
};

for (const dialect of ["http", "post", "nested", "flat", "request"] as const) {
  eachEngine(
    `localctl runs a processor in Python that speaks ${dialect}, with attachments and outputs`,
    async (engine) => {
      await using ground = await pythonGround(engine, dialect);
      const { ref, dir, stateDir } = ground;
      const started = await ground.command(["localctl", "start", "--ref", ref]);
      assert.equal(started.code, 0, started.stderr);

      await Deno.writeTextFile(join(dir, "given.txt"), "the attachment");
      const ran = await ground.command(runOf(
        ground,
        { file: { $attach: "given" } },
        ...["--attach", "given=given.txt", "--save-dir", "saved", "--json"],
      ));
      assert.equal(ran.code, 0, ran.stderr);
      const prefix = `/artifacts/outputs/demo_${dialect}/`;
      const paths = (envelopeOf(ran).outputs ?? []).map(({ path }) => path);
      assert.ok(paths.every((path) => path.startsWith(prefix)), paths.join());
      const [saved = ""] = (await leavesOf(join(dir, "saved")))
        .filter((path) => path.endsWith(TEXT[dialect]));
      const text = await Deno.readTextFile(join(dir, "saved", saved));
      assert.equal(text, "Read: the attachment");

      const asked = "/artifacts/outputs/common/";
      const again = await ground.command(runOf(
        ground,
        { name: "Ada" },
        ...["--write-prefix", asked, "--json"],
      ));
      assert.equal(again.code, 0, again.stderr);
      const [first] = envelopeOf(again).outputs ?? [];
      assert.equal(first?.path, `${asked}${TEXT[dialect]}`);

      const failed = await ground.command(
        runOf(ground, { do: "fail" }, "--json"),
      );
      assert.equal(failed.code, 1, failed.stderr);
      assert.deepEqual(envelopeOf(failed).error, {
        code: "ERR_PROVIDER",
        message: "Cannot do it",
      });

      const runs = await leavesOf(join(stateDir, "runs"));
      assert.ok(!runs.some((path) => path.endsWith(".txt")), runs.join("\n"));
      const stopped = await ground.command(["localctl", "stop", "--ref", ref]);
      assert.equal(stopped.code, 0, stopped.stderr);
      assert.deepEqual(await ground.left(), []);
    },
  );
}

eachEngine(
  "localctl run shows no secret that a processor in Python tells",
  async (engine) => {
    const secret = "sk-very-secret-0123456789";
    const env = { ...engine.env, DEMO_KEY: secret };
    await using ground = await pythonGround({ ...engine, env }, "request");
    const { ref, stateDir } = ground;
    const started = await ground.command(["localctl", "start", "--ref", ref]);
    assert.equal(started.code, 0, started.stderr);
    const mode = ["--mode", "real", "--stream", "--json"];
    // Whoever runs need not have the secret.
    const options = { cwd: ground.dir, env: engine.env };
    const registry = ["--registry", "registry"];
    const line = [...runOf(ground, { do: "leak" }, ...mode), ...registry];
    const leaked = await theory(line, options);
    assert.equal(leaked.code, 1, leaked.stderr);
    assert.match(leaked.stdout, /refused \*\*\*/);
    assert.ok(!`${leaked.stdout}${leaked.stderr}`.includes(secret));
    const journal = await ground.command(["runs", "list", "--json"]);
    assert.match(journal.stdout, /refused \*\*\*/);
    assert.ok(!journal.stdout.includes(secret));
    for (const name of await leavesOf(stateDir)) {
      const bytes = await Deno.readTextFile(join(stateDir, name))
        .catch(() => "");
      assert.ok(!bytes.includes(secret), name);
    }
  },
);
