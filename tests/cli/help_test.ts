import assert from "node:assert/strict";
import { command } from "../../cli/command.ts";
import { runCli } from "../../cli/mod.ts";
import { commandHelp, groupHelp, helpColumns } from "../../cli/help.ts";
import { flagName } from "../../cli/flag_name.ts";
import { MENU } from "../../cli/menu.ts";
import { EXIT_CODES } from "../../schemas/mod.ts";
import { plainWorld } from "./plain_world.ts";

/** A command with everything that help can show; the real ones change, this one does not. */
const BAKE = command({
  path: ["oven", "bake"],
  brief: "Bake something",
  about:
    "Heats the oven and bakes every dish that is named, one after the other, until each of them is done.",
  flags: {
    heat: {
      kind: "text",
      required: true,
      placeholder: "DEGREES",
      brief: "How hot, in degrees",
    },
    addSalt: { kind: "switch", brief: "A pinch" },
    program: {
      kind: "choice",
      values: ["fan", "grill", "top-and-bottom"],
      brief: "What heats (default fan)",
    },
    spice: {
      kind: "list",
      placeholder: "NAME",
      brief:
        "A spice, of those that are in the cupboard or in a box beside it; repeatable",
    },
  },
  operands: { name: "DISH", brief: "What to bake", minimum: 1 },
  examples: [
    "oven bake bread --heat 230",
    "cat recipe.json | oven bake - --heat 180 --spice 'sweet paprika' --spice pepper --program fan",
  ],
  permissions: ({ flags, operands }) => ({
    read: [...operands, "cupboard", flags.spice[0] ?? "cupboard"],
    net: ["127.0.0.1"],
  }),
  touches: "reads recipes; talks to the oven",
  exits: [1, 7],
  load: () => Promise.resolve({ run: () => Promise.resolve(0) }),
});

Deno.test("commandHelp() shows everything about a command in 80 columns", async (t) => {
  const reader = { program: "theoryctl", columns: 80 };
  await t.assertSnapshot(commandHelp(BAKE, reader));
});

Deno.test("commandHelp() is good to read in 40 columns, too", async (t) => {
  const reader = { program: "main.ts", columns: 40 };
  await t.assertSnapshot(commandHelp(BAKE, reader));
});

Deno.test("groupHelp() lists what is in a group", async (t) => {
  const group = {
    path: ["oven"],
    brief: "Bake at home",
    entries: [["bake", BAKE.brief], ["clean", "Remove what is burnt"]],
  } as const;
  const reader = { program: "oven", columns: 60 };
  await t.assertSnapshot(groupHelp(group, reader));
});

Deno.test("helpColumns() never fills a wide terminal", () => {
  assert.deepEqual([20, 64, 300].map(helpColumns), [40, 64, 80]);
});

Deno.test("every command of the menu has help that names all it takes, in 80 columns", async () => {
  for (const { path, flags, operands, exits, examples } of MENU) {
    const { world, out } = plainWorld([...path, "--help"]);
    assert.equal(await runCli(world), 0);
    const text = out();
    for (const key of Object.keys(flags)) {
      const term = new RegExp(`\\n  (-\\w, )?${flagName(key)}\\b`);
      assert.match(text, term, `${path}: ${key}`);
    }
    if (operands !== undefined) assert.match(text, /\nARGUMENTS\n/);
    for (const code of [0, 2, ...exits]) {
      assert.ok(text.includes(`${code}  ${EXIT_CODES[code]}`), `${code}`);
    }
    assert.ok(examples.length > 0, path.join(" "));
    for (const line of text.split("\n")) {
      assert.ok(line.length <= 80, `${path.join(" ")}: ${line}`);
    }
  }
});

Deno.test("help names the program as it was called", async () => {
  const calls = [
    ["main.ts", "main.ts localctl run [flags]", "main.ts localctl run --"],
    [
      "theoryctl",
      "theoryctl localctl run [flags]",
      "theoryctl localctl run --",
    ],
    ["localctl", "localctl run [flags]", "  localctl run --"],
  ] as const;
  for (const [program, usage, example] of calls) {
    const plain = plainWorld(["localctl", "run", "--help"]);
    const toolkit = { ...plain.world.toolkit, program };
    assert.equal(await runCli({ ...plain.world, toolkit }), 0);
    assert.ok(plain.out().includes(`USAGE\n  ${usage}\n`), plain.out());
    assert.ok(plain.out().includes(example), plain.out());
  }
});
