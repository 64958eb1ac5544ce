import assert from "node:assert/strict";
import { invokedAs, typed } from "../../cli/program.ts";

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

Deno.test("typed() leaves out the group that is the program itself", () => {
  assert.equal(typed("main.ts", ["localctl", "run"]), "main.ts localctl run");
  assert.equal(typed("localctl", ["localctl", "run"]), "localctl run");
  assert.equal(typed("localctl", ["check"]), "theoryctl check");
});
