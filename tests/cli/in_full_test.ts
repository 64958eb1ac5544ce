import assert from "node:assert/strict";
import { inFull } from "../../cli/in_full.ts";
import { named } from "../../cli/program.ts";

const PATHS = [["localctl", "run"], ["localctl", "start"], ["check"], [
  "registry",
  "list",
]];

Deno.test("inFull() puts the program before the commands that a text names", () => {
  const lines:
    readonly (readonly [program: string, text: string, full: string])[] = [
      [
        "main.ts",
        "Start it: localctl start --ref a/b@1",
        "Start it: main.ts localctl start --ref a/b@1",
      ],
      [
        "localctl",
        "Start it: localctl start --ref a/b@1",
        "Start it: localctl start --ref a/b@1",
      ],
      [
        "theoryctl",
        "localctl run && localctl start",
        "theoryctl localctl run && theoryctl localctl start",
      ],
      [
        "theoryctl",
        "Add --ref; registry list shows all",
        "Add --ref; theoryctl registry list shows all",
      ],
      [
        "main.ts",
        "Run: deno run -A /x/main.ts localctl run",
        "Run: deno run -A /x/main.ts localctl run",
      ],
      [
        "main.ts",
        "Run: deno run -A '/x y/main.ts' localctl run --inputs-json '\"localctl run\"'\nOr: localctl start",
        "Run: deno run -A '/x y/main.ts' localctl run --inputs-json '\"localctl run\"'\nOr: main.ts localctl start",
      ],
      [
        "main.ts",
        "You must check localctl running and registry/list",
        "You must check localctl running and registry/list",
      ],
    ];
  for (const [program, text, full] of lines) {
    const command = (path: readonly string[]) => named(program, path);
    assert.equal(inFull(text, PATHS, command), full);
  }
});
