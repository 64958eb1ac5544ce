import assert from "node:assert/strict";
import { runCli } from "../../cli/mod.ts";
import { CATALOGUE } from "../../schemas/mod.ts";
import { plainWorld } from "./plain_world.ts";

Deno.test("runCli() suggests the command, flag, value and code that was meant", async () => {
  const lines: readonly (readonly [readonly string[], RegExp])[] = [
    [["localctl", "rnu"], /did you mean `run`/],
    [["chekc"], /did you mean `check`/],
    [["localctl", "run", "--mod", "mock"], /did you mean --mode/],
    [
      ["localctl", "run", "--mode", "mok"],
      /Expected one of "mock", "real", "smoke"/,
    ],
    [["explain", "ERR_TIMEOT"], /Did you mean ERR_TIMEOUT/],
  ];
  for (const [args, expected] of lines) {
    const { world, err, out } = plainWorld(args);
    assert.equal(await runCli(world), 2, args.join(" "));
    assert.match(err(), expected);
    assert.equal(out(), "");
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
    /^Run: deno run '--allow-read=\/toolkit,own dir' --allow-env=\S+ \/toolkit\/main\.ts registry list --registry 'own dir'$/m,
  );
});
