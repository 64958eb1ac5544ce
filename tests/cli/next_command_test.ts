import assert from "node:assert/strict";
import { join } from "node:path";
import { nextCommand } from "../../cli/next_command.ts";
import { ownProcessor } from "./own_processor.ts";
import { plainWorld } from "./plain_world.ts";
import { theory, workFolder } from "./theory.ts";

Deno.test("nextCommand() goes on in the places of the command before, as far as it takes them", () => {
  const { world: plain } = plainWorld([]);
  const world = {
    ...plain,
    toolkit: { ...plain.toolkit, program: "theoryctl" },
  };
  const flags = { registry: ["my reg", "b"], stateDir: "st", ref: "a/b@1" };
  const before = { flags, world };
  assert.equal(
    nextCommand(["localctl", "start"], before),
    "theoryctl localctl start --registry 'my reg' --registry b --state-dir st",
  );
  assert.equal(
    nextCommand(["localctl", "stop"], before),
    "theoryctl localctl stop --state-dir st",
  );
  assert.equal(nextCommand(["explain"], before), "theoryctl explain");
  assert.equal(
    nextCommand(["localctl", "start"], { flags: {}, world }),
    "theoryctl localctl start",
  );
});

/** Types a line in a shell, as it was printed; answers what it printed and how it ended. */
async function type(line: string, cwd: string) {
  // Whoever reads it has granted everything before.
  const granted = line.replaceAll("deno run ", `${Deno.execPath()} run -A `);
  const child = new Deno.Command("sh", { args: ["-c", granted], cwd });
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return `${code} ${decoder.decode(stdout)}${decoder.decode(stderr)}`;
}

Deno.test("what a failure says to type works when it is typed, wherever registry and state are", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const handler = "export const handle = () => {};";
  await ownProcessor(cwd, "demo/hello@1", handler);
  await Deno.rename(join(cwd, "processors"), join(cwd, "my reg"));
  const entry = "my reg/demo/hello/1";
  const args = [
    ...["localctl", "run", "--registry", "my reg", "--state-dir", "st"],
    ...[
      "--ref",
      "demo/hello@1",
      "--inputs-file",
      `${entry}/inputs.example.json`,
    ],
  ];
  /** The line that a run ends with. */
  const told = async (code: string, ...more: readonly string[]) => {
    const { stderr } = await theory([...args, ...more], { cwd });
    const [, hint = ""] = stderr.split(new RegExp(`^error ${code} .*\n`, "m"));
    assert.match(hint, /^deno run .*\n$/, stderr);
    return hint;
  };
  const start = await told("ERR_NOT_RUNNING", "--mode", "real");
  assert.match(await type(start, cwd), /^0 Started demo\/hello@1 /);
  try {
    await Deno.writeTextFile(join(cwd, entry, "handler.ts"), `${handler}\n`);
    const again = await told("ERR_IMAGE_DRIFT");
    const typed = await type(again, cwd);
    assert.match(typed, /^0 Stopped demo\/hello@1\nStarted demo\/hello@1 /);
  } finally {
    await theory(["localctl", "stop", "--all", "--state-dir", "st"], { cwd });
  }
});
