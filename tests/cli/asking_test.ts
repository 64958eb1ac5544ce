import assert from "node:assert/strict";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { each } from "../../cli/permission_sets.ts";
import { declaredBy } from "../../cli/permissions.ts";
import { OWN_ENV } from "../../cli/touches.ts";
import { requestOf, ROOT } from "./request_of.ts";
import { inTerminal } from "./terminal.ts";
import { NO_ENGINE, theory, workFolder } from "./theory.ts";

const START = ["localctl", "start", "--ref", "llm/litellm@1"];

const SEEN = "--allow-read=theory.yaml,theory.json";

/** What Deno says was granted or denied, in order. */
function replies(shown: string, reply: "Granted" | "Denied") {
  const text = stripVTControlCharacters(shown);
  const pattern = new RegExp(`${reply} (\\w+) access to "([^"]*)"`, "g");
  return text.matchAll(pattern).map(([, name, value]) => `${name} ${value}`)
    .toArray();
}

Deno.test("localctl start on a terminal asks for exactly what is missing, and goes on", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const declared = each(
    await declaredBy(await requestOf(START, { dir: cwd, env: {} })),
  )
    .map(({ name, value }) => `${name} ${value}`);
  assert.ok(declared.includes("env OPENAI_API_KEY"));
  const shown = await inTerminal(START, {
    cwd,
    flags: ["--allow-net=127.0.0.1"],
    answer: "y",
    env: { OPENAI_API_KEY: "sk-of-a-test" },
  });
  const missing = declared.filter((one) => one !== "net 127.0.0.1");
  assert.deepEqual(replies(shown, "Granted").sort(), missing.sort());
  assert.match(shown, /Started llm\/litellm@1 at /);
});

Deno.test("localctl start on a terminal ends when it is denied something, with the line to type", async () => {
  await using folder = await workFolder();
  const shown = await inTerminal(START, {
    cwd: folder.dir,
    flags: [`--allow-read=${ROOT}`, `--allow-env=${OWN_ENV}`],
    answer: "n",
  });
  assert.deepEqual(replies(shown, "Granted"), []);
  assert.deepEqual(replies(shown, "Denied"), ["read .theory"]);
  assert.match(
    shown,
    /\nRun: deno run --allow-read=\S+ --allow-write=\.theory .*OPENAI_API_KEY/,
  );
});

Deno.test("imagectl list on a terminal asks for the engine that the environment names, and no more when it is not there", async () => {
  await using folder = await workFolder();
  const shown = await inTerminal(["imagectl", "list"], {
    cwd: folder.dir,
    flags: [`--allow-read=${ROOT}`, "--allow-env=HOME"],
    answer: "y",
    env: NO_ENGINE,
  });
  assert.deepEqual(replies(shown, "Granted"), [
    "env DOCKER_HOST",
    "env CONTAINER_HOST",
    "env XDG_RUNTIME_DIR",
    "read /nowhere/docker.sock",
    "net 127.0.0.1",
  ]);
  assert.match(shown, /ERR_ENGINE_UNAVAILABLE.* and it is not there/);
});

Deno.test("runs list on a terminal asks for the folders that the environment names, and for no others", async () => {
  await using folder = await workFolder();
  const shown = await inTerminal(["runs", "list"], {
    cwd: folder.dir,
    flags: [],
    answer: "y",
    env: { THEORY_STATE_DIR: "named" },
  });
  assert.deepEqual(replies(shown, "Granted"), [
    `read ${ROOT}`,
    "env THEORY_REGISTRY",
    "env THEORY_STATE_DIR",
    "read named",
    "write named",
  ]);
  assert.match(shown, /No recorded runs/);
});

Deno.test("runs list on a terminal asks for the folder that settings name which it may read", async () => {
  await using folder = await workFolder();
  await Deno.writeTextFile(
    join(folder.dir, "theory.yaml"),
    "defaults: {state-dir: named}\n",
  );
  const shown = await inTerminal(["runs", "list"], {
    cwd: folder.dir,
    flags: [SEEN],
    answer: "y",
  });
  assert.deepEqual(replies(shown, "Granted"), [
    `read ${ROOT}`,
    "env THEORY_REGISTRY",
    "env THEORY_STATE_DIR",
    `read ${join(folder.dir, "named")}`,
    `write ${join(folder.dir, "named")}`,
  ]);
});

Deno.test("Ctrl-C at a question ends the command", async () => {
  await using folder = await workFolder();
  const shown = await inTerminal(["runs", "list"], {
    cwd: folder.dir,
    flags: [],
    atQuestion: "\x03",
  });
  assert.match(shown, /Allow\?/);
  assert.doesNotMatch(shown, /ERR_PERMISSION/);
});

Deno.test("registry list elsewhere says what may name other folders, as long as it cannot be seen", async () => {
  await using folder = await workFolder();
  const hint = async (flags: readonly string[]) => {
    const { stderr } = await theory(["registry", "list"], {
      ...{ cwd: folder.dir, flags: ["--no-prompt", ...flags] },
    });
    const above = /^Settings of a folder above count if/m.test(stderr);
    assert.equal(above, !flags.includes(SEEN));
    return /^It may then name other folders, those of (.*)$/m.exec(stderr)?.[1];
  };
  assert.equal(
    await hint([]),
    "theory.yaml, theory.json, THEORY_REGISTRY, THEORY_STATE_DIR",
  );
  assert.equal(
    await hint([`--allow-env=${OWN_ENV}`]),
    "theory.yaml, theory.json",
  );
  assert.equal(await hint([SEEN, `--allow-env=${OWN_ENV}`]), undefined);
});

Deno.test("localctl start elsewhere prints the complete line, which then works", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const env = { OPENAI_API_KEY: "sk-of-a-test" };
  const lineOf = async (flags: readonly string[]) => {
    const { code, stderr } = await theory(START, {
      ...{ cwd, env, flags: ["--no-prompt", ...flags] },
    });
    assert.equal(code, 10, stderr);
    const [, line = ""] = /^Run: deno run (.*) \S*main\.ts /m.exec(stderr) ??
      [];
    return { flags: line.split(" "), stderr };
  };
  // Without the registry nobody knows what the entry names, which is said.
  const first = await lineOf([]);
  assert.match(first.stderr, /^It will then name the secrets/m);
  assert.doesNotMatch(first.stderr, /OPENAI_API_KEY/);
  const second = await lineOf(first.flags);
  assert.match(second.stderr, /env of "OPENAI_API_KEY"/);
  // With it, the line is complete at once.
  const once = await lineOf([`--allow-read=${ROOT}`]);
  assert.deepEqual(once.flags, second.flags);
  const started = await theory(START, {
    ...{ cwd, env, flags: ["--no-prompt", ...once.flags] },
  });
  assert.equal(started.code, 0, started.stderr);
});
