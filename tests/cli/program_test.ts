import assert from "node:assert/strict";
import { invokedAs, named, typed } from "../../cli/program.ts";

Deno.test("invokedAs() takes a line as it is, without --as", () => {
  for (const args of [[], ["check", "a.json"], ["--as"]]) {
    assert.deepEqual(invokedAs(args, "main.js"), { program: "main.js", args });
  }
});

Deno.test("invokedAs() puts the group of a program before its words", () => {
  const lines: readonly (readonly [string, string])[] = [
    ["--as theoryctl localctl run", "theoryctl: localctl run"],
    ["--as localctl run --ref a/b@1", "localctl: localctl run --ref a/b@1"],
    ["--as localctl --help", "localctl: localctl --help"],
    ["--as localctl", "localctl: localctl"],
    ["--as localctl --version", "localctl: --version"],
    ["--as localctl __complete ru", "localctl: __complete localctl ru"],
    ["--as modalctl account --json", "modalctl: modalctl account --json"],
    ["--as theoryctl __complete ru", "theoryctl: __complete ru"],
  ];
  for (const [line, expected] of lines) {
    const { program, args } = invokedAs(line.split(" "), "main.ts");
    assert.equal(`${program}: ${args.join(" ")}`, expected);
  }
});

Deno.test("named() leaves out the group that is the program itself", () => {
  assert.equal(named("main.ts", ["localctl", "run"]), "main.ts localctl run");
  assert.equal(named("localctl", ["localctl", "run"]), "localctl run");
  assert.equal(named("localctl", ["check"]), "theoryctl check");
});

Deno.test("typed() begins with the main module, wherever it is, unless a program stands for it", () => {
  const place = { dir: "/my tools", file: "main.js" };
  const run = ["localctl", "run"];
  assert.equal(
    typed({ ...place, program: "main.js" }, run),
    "deno run '/my tools/main.js' localctl run",
  );
  assert.equal(typed({ ...place, program: "localctl" }, run), "localctl run");
});
