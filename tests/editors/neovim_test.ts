import assert from "node:assert/strict";
import {
  BROKEN_FILES,
  mendedText,
  placeOf,
  writeBrokenFiles,
} from "./broken_files.ts";
import { documentedSetup } from "./documented_setup.ts";
import { neovimFor, type NeovimForm } from "./neovim_program.ts";
import { NeovimSession, type SessionOptions } from "./neovim_session.ts";
import { TOOLKIT } from "../lsp/server/wire_client.ts";

/** Where the documentation has the set-up of each form. */
const BLOCKS: Readonly<Record<NeovimForm, number>> = { "0.11": 0, "0.7": 1 };

const INPUTS = `$processor: llm/litellm@1
$attachments: {photo: landscape.png}
schema:   v1\x20\x20
params:
  messages:
    - role: user
      content: [{type: text, text: "é😀"}, {$attach: photo}]
`;

for (const form of ["0.7", "0.11"] as const) {
  test(form, "shows mistakes where they are, and mends them", mends);
  test(form, "leaves other files alone", ignores);
  test(form, "runs a document where it is told that it may", runs);
  test(form, "is served while it works, and ends its server with it", works);
}

type Start = (
  options: Pick<SessionOptions, "script" | "env"> & {
    /** What stands in `init.lua` before the set-up. */
    readonly before?: string;
  },
) => Promise<NeovimSession>;

type Body = (start: Start, dir: string) => Promise<void>;

/** Left out where no Neovim of the form is installed; on a machine of CI that fails. */
function test(form: NeovimForm, claim: string, body: Body): void {
  const found = neovimFor(form);
  const missing = form === "0.7"
    ? ", left out: no Neovim 0.7 to 0.10 is installed here"
    : ", left out: no Neovim 0.11 or newer is installed here";
  Deno.test({
    name: `Neovim as set up from ${form} on ${claim}${found ? "" : missing}`,
    ignore: !found && Deno.env.get("CI") !== "true",
    fn: async () => {
      assert.ok(found, missing);
      const init = (await documentedSetup("Neovim", "lua"))[BLOCKS[form]];
      assert.ok(init, "docs/editors.md has no such block");
      // Deno tells folders by their real names.
      const temporary = await Deno.makeTempDir({ prefix: "theory é-" });
      const cwd = await Deno.realPath(temporary);
      try {
        const { program } = found;
        const start: Start = ({ before = "", ...more }) =>
          NeovimSession.start({ program, init: before + init, cwd, ...more });
        await body(start, cwd);
      } finally {
        await Deno.remove(temporary, { recursive: true });
      }
    },
  });
}

async function mends(start: Start, dir: string): Promise<void> {
  await writeBrokenFiles(dir);
  const env = { BROKEN_FILES: JSON.stringify(BROKEN_FILES) };
  await using session = await start({ script: "mend.lua", env });
  for (const file of BROKEN_FILES) {
    const { line, bytes: [from, to] } = placeOf(file);
    const { code } = file;
    assert.deepEqual(await session.see("findings"), [{ code, line, from, to }]);
    assert.equal(await session.see("text"), mendedText(file));
    await session.see("saved");
    const saved = await Deno.readTextFile(`${dir}/${file.name}`);
    assert.equal(saved, mendedText(file));
  }
  assert.equal((await session.process.status).code, 0);
}

async function ignores(start: Start, dir: string): Promise<void> {
  await Deno.writeTextFile(`${dir}/compose.yaml`, "services: {web: {}}\n");
  await writeInputs(dir);
  const env = { FILES: JSON.stringify(["compose.yaml", "inputs.yaml"]) };
  await using session = await start({ script: "attach.lua", env });
  assert.deepEqual(await session.see("clients"), {
    "compose.yaml": 0,
    "inputs.yaml": 1,
  });
}

/** With every option that the documentation shows. */
async function runs(start: Start, dir: string): Promise<void> {
  const data = await Deno.makeTempDir({ prefix: "theory-" });
  try {
    await writeInputs(dir, data);
    const [, , options = ""] = await documentedSetup("Neovim", "lua");
    const before = options.replace("/opt/deno/bin/deno", Deno.execPath())
      .replace("/opt/theoryctl", TOOLKIT)
      .replace("/data/pictures", data);
    assert.ok(before.includes("run = true"));
    await using session = await start({ script: "run.lua", before });
    const said = String(await session.see("run"));
    assert.match(said, /^Mock run of llm\/litellm@1: success/);
  } finally {
    await Deno.remove(data, { recursive: true });
  }
}

/** An inputs document, and the picture that it attaches: beside it, or in another folder. */
async function writeInputs(dir: string, pictures = dir): Promise<void> {
  const text = pictures === dir
    ? INPUTS
    : INPUTS.replace("landscape.png", `${pictures}/landscape.png`);
  await Deno.writeTextFile(`${dir}/inputs.yaml`, text);
  const picture = `${TOOLKIT}/docs/examples/landscape.png`;
  await Deno.copyFile(picture, `${pictures}/landscape.png`);
}

async function works(start: Start, dir: string): Promise<void> {
  await writeInputs(dir);
  await using session = await start({ script: "work.lua" });
  assert.equal(await session.see("processId"), session.process.pid);
  const [server] = await session.see("servers") as readonly number[];
  assert.ok(server !== undefined);
  await edits(session);
  await commands(session, dir);
  assert.equal(await session.see("late"), "ERR_VALUE");
  assert.ok(isRunning(server));
  session.process.kill("SIGKILL");
  // Fails by never ending.
  while (isRunning(server)) await new Promise((next) => setTimeout(next, 20));
}

async function edits(session: NeovimSession): Promise<void> {
  assert.match(
    String(await session.see("hover")),
    /^\*\*messages\*\* · a list/,
  );
  assert.equal(await session.see("definition"), "photo");
  const renamed = INPUTS.replace("{photo:", "{picture:")
    .replace("$attach: photo", "$attach: picture");
  assert.equal(await session.see("rename"), renamed);
  assert.match(String(await session.see("complete")), /^ {2}temperature/);
  const formatted = renamed.replace(/ +\n/, "\n");
  assert.equal(await session.see("format"), formatted);
}

/** The status says what the server may do: no more than it must. */
async function commands(session: NeovimSession, dir: string): Promise<void> {
  const folders = [dir, TOOLKIT].sort().join(",");
  assert.equal(
    await session.see("status"),
    `theoryctl: inputs, llm/litellm@1 (document); 0 errors, 0 warnings; --allow-read=${folders}`,
  );
  assert.match(String(await session.see("run")), /--mode mock$/);
  const resolved = String(await session.see("resolved"));
  assert.match(resolved, /^\/\/ The payload as it will be sent to llm/);
  assert.match(resolved, /"mime": "image\/png"/);
}

function isRunning(pid: number): boolean {
  try {
    Deno.kill(pid, "SIGCONT");
    return true;
  } catch {
    return false;
  }
}
