import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { assertInstallable } from "../cli/installation.ts";
import { envelopeOf, HELLO, type Printed, theory } from "../cli/theory.ts";
import { framed } from "../lsp/server/framed.ts";
import { filesNamedIn } from "./late_imports.ts";
import { writeRelease } from "./release.ts";

const ROOT = resolve(import.meta.dirname ?? ".", "../..");
const EXAMPLE = join(ROOT, "docs/examples");
const REF = ["--ref", "llm/litellm@1"];

/** A release, and a folder elsewhere to work in. */
async function built() {
  const folder = await Deno.makeTempDir({ prefix: "release-" });
  const [release, work] = [join(folder, "elsewhere"), join(folder, "work")];
  await Deno.mkdir(work);
  await writeRelease(join(folder, "dist"));
  // Nothing may depend on where it was made.
  await Deno.rename(join(folder, "dist"), release);
  const main = join(release, "main.js");
  const run = (args: readonly string[], flags: readonly string[] = []) =>
    theory(args, {
      main,
      cwd: work,
      flags: ["--no-prompt", "--cached-only", ...flags],
    });
  return {
    release,
    work,
    run,
    exactly: (args: readonly string[]) => exactly(run, args),
    async [Symbol.asyncDispose]() {
      await run(["localctl", "stop", "--all"], ["-A"]);
      await Deno.remove(folder, { recursive: true });
    },
  };
}

type Run = (
  args: readonly string[],
  flags?: readonly string[],
) => Promise<Printed>;

/** Runs a command with the permissions that it asks for, and no others. */
async function exactly(
  run: Run,
  args: readonly string[],
  flags: readonly string[] = [],
): Promise<Printed> {
  const printed = await run(args, flags);
  const asked = /^Run: deno run (.*?) \S*main\.js /m.exec(printed.stderr)?.[1];
  const more = asked?.split(" ") ?? [];
  return printed.code === 10 && more.join() !== flags.join()
    ? await exactly(run, args, more)
    : printed;
}

/** Every module that Deno reads for a file, as paths. */
async function modulesOf(file: string): Promise<readonly string[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", file],
  }).output();
  const { modules } = JSON.parse(new TextDecoder().decode(stdout));
  return modules.map((each: { readonly specifier: string }) => each.specifier)
    .filter((each: string) => each.startsWith("file:"))
    .map((each: string) => fileURLToPath(each));
}

/** The tests of the language server that start one. */
async function wireTests(): Promise<readonly string[]> {
  const folder = join(ROOT, "tests/lsp/server");
  const files = [...Deno.readDirSync(folder)]
    .map(({ name }) => join(folder, name))
    .filter((file) => file.endsWith("_test.ts"));
  const texts = await Promise.all(
    files.map((file) => Deno.readTextFile(file)),
  );
  const found = files.filter((_, i) =>
    /"\.\/(?:wire|project)_client\.ts"/.test(texts[i] ?? "")
  );
  assert.ok(found.length >= 10, found.join());
  return found;
}

Deno.test("a release works wherever it is, with what its commands ask for and nothing else", async (t) => {
  await using place = await built();
  const { release, work, run, exactly } = place;

  await t.step("help needs nothing, and names the program", async () => {
    const { code, stdout } = await run(["--help"]);
    assert.equal(code, 0);
    assert.match(stdout, /^USAGE\n {2}main\.js COMMAND/m);
    const check = await run(["check", "--help"]);
    assert.equal(check.code, 0);
  });

  await t.step("its files read no others", async () => {
    for (const main of ["main.js", "runtime/serve.js"]) {
      const modules = await modulesOf(join(release, main));
      assert.ok(modules.includes(join(release, main)));
      for (const each of modules) assert.ok(each.startsWith(release), each);
    }
  });

  await t.step("a check says what the source says", async () => {
    const bad = join(work, "bad.json");
    await Deno.writeTextFile(bad, '{"schema": "v1", "params": {"mesages": 1}}');
    const args = ["check", bad, ...REF];
    const found = await exactly(args);
    assert.equal(found.code, 3);
    assert.equal(found.stdout, (await theory(args, { cwd: work })).stdout);
  });

  await t.step("the README's run prints the same bytes", async () => {
    const inputs = ["--inputs-file", join(EXAMPLE, "describe.yaml")];
    const line = ["localctl", "run", ...inputs, "--execution-id", "E1"];
    const ran = await exactly(line);
    assert.equal(ran.code, 0, ran.stderr);
    const source = await theory([...line, "--state-dir", ".source"], {
      cwd: work,
    });
    assert.equal(ran.stdout, source.stdout);
  });

  await t.step("instances start, run and stop", async () => {
    const started = await exactly(["localctl", "start", ...REF, "--json"]);
    // An entry whose secrets are missing says so, and how to go on.
    assert.equal(started.code, 4, started.stderr);
    const start = ["localctl", "start", ...REF, "--mock-missing-secrets"];
    const mocked = await exactly(start);
    assert.equal(mocked.code, 0, mocked.stderr);
    const line = ["localctl", "run", ...REF, "--inputs-json", HELLO];
    const warm = await exactly(line);
    assert.equal(envelopeOf(warm).status, "success");
    assert.doesNotMatch(warm.stderr, /ephemeral/);
    const stopped = await exactly(["localctl", "stop", ...REF]);
    assert.equal(stopped.code, 0, stopped.stderr);
  });

  await t.step("with more than it asks for a run is narrowed", async () => {
    const line = ["localctl", "run", ...REF, "--inputs-json", HELLO];
    const { code, stderr } = await run([...line, "--save-first", "answer"], [
      "-A",
    ]);
    assert.equal(code, 0, stderr);
    assert.notEqual(await Deno.readTextFile(join(work, "answer")), "");
    // Its Worker is there, and is what the command runs in.
    await Deno.rename(join(release, "cli"), join(release, "away"));
    const without = await run(line, ["-A"]);
    await Deno.rename(join(release, "away"), join(release, "cli"));
    assert.equal(without.code, 70);
    assert.match(without.stderr, /narrowed_worker\.js/);
  });

  await t.step("-P grants what its deno.json lists", async () => {
    const list = await theory(["registry", "list"], {
      main: "main.js",
      cwd: release,
      flags: ["--no-prompt", "--cached-only", "-P"],
    });
    assert.equal(list.code, 0, list.stderr);
  });

  await t.step("the pantry is there", async () => {
    const list = await exactly(["registry", "list"]);
    assert.match(list.stdout, /^llm\/litellm@1 .*\nreplicate\/generic@1 /m);
    for (const args of [["show"], ["example"], ["schema"], ["validate"]]) {
      const line = ["registry", ...args, "llm/litellm@1"];
      const found = await exactly(line);
      assert.equal(found.code, 0, found.stderr);
      assert.equal(
        found.stdout.replaceAll(release, ROOT),
        (await theory(line, { cwd: work })).stdout,
      );
    }
  });

  await t.step("a new processor runs as it is told to be run", async () => {
    const made = await exactly(["registry", "new", "demo/hello@1"]);
    assert.equal(made.code, 0, made.stderr);
    const line = /^Run it: deno run (.*) \S*main\.js (.*)$/m.exec(made.stderr);
    assert.ok(line?.[1] !== undefined && line[2] !== undefined, made.stderr);
    const ran = await run(line[2].split(" "), line[1].split(" "));
    assert.equal(envelopeOf(ran).status, "success");
  });

  await t.step("its own types are those that handlers need", async () => {
    const handler = join(release, "registry/llm/litellm/1/mock.ts");
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", "--frozen", "--cached-only", handler],
      cwd: release,
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
  });

  await t.step("words are explained and completed", async () => {
    const lines = [
      ["explain", "ERR_ATTACH_UNKNOWN"],
      ["completions", "bash"],
      ["completions", "fish"],
      ["help", "localctl", "run"],
      ["runs", "list", "--state-dir", "none"],
    ];
    for (const line of lines) {
      const [found, source] = [
        await exactly(line),
        await theory(line, { cwd: work }),
      ];
      assert.equal(found.code, 0, found.stderr);
      assert.equal(
        found.stdout.replaceAll("main.js", "main.ts"),
        source.stdout,
      );
    }
    const words = await run(["__complete", "explain", "ERR_ATTACH_UNK"], [
      `--allow-read=${release}`,
    ]);
    assert.match(words.stdout, /ERR_ATTACH_UNKNOWN/);
  });

  await t.step("an editor is served", async () => {
    const initialize = {
      id: 1,
      method: "initialize",
      params: { capabilities: {} },
    };
    const served = await theory(["lsp", "--stdio"], {
      main: join(release, "main.js"),
      cwd: work,
      flags: ["--no-prompt", "--cached-only", "-A"],
      stdin: framed(initialize, { id: 2, method: "shutdown" }, {
        method: "exit",
      }),
    });
    assert.deepEqual([served.code, served.stderr], [0, ""]);
  });

  await t.step("its language server is one file", async () => {
    const server = join(release, "lsp.js");
    assert.deepEqual(await modulesOf(server), [server]);
    assert.deepEqual(
      filesNamedIn(await Deno.readTextFile(server), "lsp.js"),
      [],
    );
    const { size } = await Deno.stat(server);
    assert.ok(size < 650_000, `${size} bytes`);
  });

  await t.step("its language server passes the wire tests", async () => {
    const { success, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "--no-check", "-A", ...await wireTests()],
      cwd: ROOT,
      env: { LSP_RELEASE: release, NO_COLOR: "1" },
    }).output();
    assert.ok(success, new TextDecoder().decode(stdout));
  });

  await t.step("the runs that it made are in its journal", async () => {
    const { stdout } = await exactly(["runs", "list", "--json"]);
    assert.match(stdout, /"E1"/);
  });

  await t.step("it is installed as the source is", async () => {
    await assertInstallable(release, "main.js");
  });
});

Deno.test("writeRelease() leaves a folder alone that is no release", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(folder, "deno.json"), "{}");
    await assert.rejects(writeRelease(folder), /it is not empty/);
    assert.equal(await Deno.readTextFile(join(folder, "deno.json")), "{}");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
