import assert from "node:assert/strict";
import { runCli } from "../../cli/mod.ts";
import { MENU } from "../../cli/menu.ts";
import { plainWorld } from "./plain_world.ts";

async function printed(...args: readonly string[]): Promise<string> {
  const { world, out } = plainWorld(args);
  assert.equal(await runCli(world), 0);
  return out();
}

Deno.test("help shows the same as --help, of a command, a group and all", async () => {
  for (const words of [["localctl", "run"], ["registry"], []]) {
    const help = await printed("help", ...words);
    assert.equal(help, await printed(...words, "--help"));
    assert.match(help, /\nUSAGE\n/);
  }
});

Deno.test("help --json prints the whole menu as data", async () => {
  const rows: { command: string }[] = JSON.parse(
    await printed("help", "--json"),
  );
  assert.deepEqual(
    rows.map(({ command }) => command),
    MENU.map(({ path }) => path.join(" ")),
  );
});

Deno.test("help COMMAND --json tells everything about a command", async () => {
  const rows = JSON.parse(await printed("help", "completions", "--json"));
  assert.deepEqual(
    rows.map((
      { about: _, examples: __, ...rest }: Record<string, unknown>,
    ) => rest),
    [{
      command: "completions",
      brief: "Print the script that completes commands in a shell",
      exit_codes: [0, 2, 10, 70],
      flags: [],
      operands: {
        name: "SHELL",
        brief: "bash, zsh or fish",
        values: ["bash", "zsh", "fish"],
        minimum: 1,
        maximum: 1,
      },
      permissions: "nothing but the program itself",
    }],
  );
  const [row] = JSON.parse(await printed("help", "localctl", "run", "--json"));
  const mode = row.flags.find(({ name }: { name: string }) =>
    name === "--mode"
  );
  assert.deepEqual(mode.values, ["mock", "real", "smoke"]);
  assert.equal(mode.required, false);
});
