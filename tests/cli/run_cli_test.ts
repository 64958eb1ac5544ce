import assert from "node:assert/strict";
import type { Command } from "../../cli/command.ts";
import { flagName } from "../../cli/flag_name.ts";
import { MENU } from "../../cli/menu.ts";
import { runCli } from "../../cli/mod.ts";
import { CATALOGUE } from "../../schemas/mod.ts";
import { plainWorld } from "./plain_world.ts";

Deno.test("runCli() suggests the command, flag, value and code that was meant", async () => {
  const lines: readonly (readonly [line: string, expected: string])[] = [
    [
      "localctl rnu",
      'Cannot find command "rnu": there is none of this name, did you mean "run"\nRun "deno run /toolkit/main.ts localctl --help"',
    ],
    [
      "modalctl start --ref llm/litellm@1",
      'Cannot find command "start": there is none of this name, did you mean "localctl start"\nRun "deno run /toolkit/main.ts modalctl --help" to see what there is: account\n',
    ],
    ["help modalctl start", 'did you mean "localctl start"'],
    ["chekc", 'did you mean "check"\nRun "deno run /toolkit/main.ts --help"'],
    [
      "registry shw",
      'did you mean "show"\nRun "deno run /toolkit/main.ts registry --help"',
    ],
    [
      "localctl run --mod mock",
      'Cannot use flag "--mod": the command has none of this name, did you mean "--mode"\nRun "deno run /toolkit/main.ts localctl run --help"',
    ],
    [
      "--verison",
      'Cannot use flag "--verison": there is none of this name, did you mean "--version"\n',
    ],
    ["--hlep", 'there is none of this name, did you mean "--help"\n'],
    ["localctl --hlep", 'there is none of this name, did you mean "--help"\n'],
    // A group has none.
    ["localctl --version", "there is none of this name\n"],
    ["--quiet", 'Cannot use flag "--quiet": there is none of this name\n'],
    [
      "start",
      'Cannot find command "start": there is none of this name, did you mean "localctl start"\n',
    ],
    ["run", 'did you mean "localctl run" or "runs"\n'],
    ["gc", 'did you mean "artifacts gc" or "runs gc"\n'],
    ["strat", 'did you mean "localctl start"\n'],
    ["help start", 'did you mean "localctl start"\n'],
    ["help gc", 'did you mean "artifacts gc" or "runs gc"\n'],
    [
      "localctl start --ref=",
      'Cannot use "--ref=": a value is expected after it\n',
    ],
    [
      "localctl start --a^b",
      'Cannot use flag "--a^b": the command has none of this name\n',
    ],
    ["localctl start it", 'Cannot use "it": expected flags alone\n'],
    ["registry list --jsno", 'did you mean "--json"'],
    ["localctl run --stat-dir x", 'did you mean "--state-dir"'],
    [
      "localctl run --mode mok",
      'Cannot use --mode "mok": Expected one of "mock", "real", "smoke", did you mean "mock"',
    ],
    ["completions bsh", 'did you mean "bash"'],
    ["help localctl rnu", 'did you mean "localctl run"'],
    ["explain ERR_TIMEOT", "Did you mean ERR_TIMEOUT?"],
    ["explain attach_unknwn", "Did you mean ERR_ATTACH_UNKNOWN?"],
  ];
  for (const [line, expected] of lines) {
    const { world, err, out } = plainWorld(line.split(" "));
    assert.equal(await runCli(world), 2, line);
    assert.ok(err().includes(expected), `${line}: ${err()}`);
    assert.equal(out(), "");
  }
});

Deno.test("runCli() suggests the version of a program that stands for a group, too", async () => {
  const plain = plainWorld(["localctl", "--verison"]);
  const toolkit = { ...plain.world.toolkit, program: "localctl" };
  assert.equal(await runCli({ ...plain.world, toolkit }), 2);
  assert.match(plain.err(), /did you mean "--version"\n/);
});

Deno.test("runCli() says what a wrong line lacks or has too much", async () => {
  const lines: readonly (readonly [line: string, expected: string])[] = [
    ["localctl url", "Cannot go on without --ref: a value is expected\n"],
    ["localctl url --ref", "Cannot go on without --ref: a value is expected\n"],
    [
      "localctl url --ref --json",
      "Cannot use --ref: expected a value before --json\n",
    ],
    ["check", "Cannot go on without FILE: one is expected\n"],
    [
      "registry show a/b@1 c/d@1",
      'Cannot use "c/d@1": expected at most 1 argument\n',
    ],
    ["registry list x", 'Cannot use "x": expected flags alone\n'],
    [
      "registry show a/b@1 -x",
      'Cannot use flag "-x": the command has none of this name\n',
    ],
  ];
  for (const [line, expected] of lines) {
    const { world, err } = plainWorld(line.split(" "));
    assert.equal(await runCli(world), 2, line);
    assert.equal(err().slice(0, expected.length), expected);
  }
});

Deno.test("runCli() with --json puts a usage error on standard output too", async () => {
  const { world, out } = plainWorld([
    "localctl",
    "status",
    "--json",
    "--no-such-flag",
  ]);
  assert.equal(await runCli(world), 2);
  assert.equal(JSON.parse(out()).error.code, "ERR_USAGE");
});

Deno.test("runCli() explains every code of the catalogue", async () => {
  for (const code of Object.keys(CATALOGUE)) {
    const { world, out } = plainWorld(["explain", code]);
    assert.equal(await runCli(world), 0);
    assert.match(
      out(),
      new RegExp(`^${code}: .+\\n\\n  Usual cause  .+\\n  What to do   .+\\n`),
    );
  }
});

Deno.test("runCli() lists every code without one", async () => {
  const { world, out } = plainWorld(["explain", "--json"]);
  assert.equal(await runCli(world), 0);
  const rows: { code: string }[] = JSON.parse(out());
  assert.deepEqual(rows.map(({ code }) => code), Object.keys(CATALOGUE).sort());
});

Deno.test("runCli() prints the version", async () => {
  const { world, out } = plainWorld(["--version"]);
  assert.equal(await runCli(world), 0);
  assert.equal(out(), "1.2.3\n");
});

Deno.test("runCli() without permission names what is missing and the line to type", async () => {
  const args = ["registry", "list", "--registry", "own dir"];
  const { world, err } = plainWorld(args, {
    granted: ["read /toolkit"],
  });
  assert.equal(await runCli(world), 10);
  assert.match(err(), /read of "own dir"/);
  assert.match(
    err(),
    /^Run: deno run '--allow-read=\/toolkit,own dir,theory.json,theory.yaml' --allow-env=\S+ \/toolkit\/main\.ts registry list --registry 'own dir'$/m,
  );
});

Deno.test("an empty path is a mistake in every command that takes one, which names the flag", async () => {
  const taken = (MENU as readonly Command[]).flatMap(
    ({ path, flags, operands }) => [
      ...Object.entries(flags)
        .filter(([, flag]) => ["DIR", "FILE"].includes(flag.placeholder ?? ""))
        .map(([name]) => [path, flagName(name), [flagName(name), ""]] as const),
      ...["FILE", "FOLDER"].includes(operands?.name ?? "")
        ? [[path, `${operands?.name}`, [""]] as const]
        : [],
    ],
  );
  assert.ok(taken.length > 30);
  for (const [path, name, words] of taken) {
    const { world, err } = plainWorld([...path, ...words]);
    assert.equal(await runCli(world), 2, path.join(" "));
    const said = err().includes(`Cannot use ${name} "": Expected a path\n`);
    assert.ok(said, err());
  }
});
