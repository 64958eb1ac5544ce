import assert from "node:assert/strict";
import {
  BROKEN_FILES,
  mendedText,
  placeOf,
  writeBrokenFiles,
} from "./broken_files.ts";
import { INPUTS, writeInputs } from "./attached_picture.ts";
import { documentedSetup } from "./documented_setup.ts";
import { neovimFor, type NeovimForm } from "./neovim_program.ts";
import { EditorSession } from "./editor_session.ts";
import { editorTest } from "./editor_case.ts";
import { TOOLKIT } from "../lsp/server/wire_client.ts";

/** Where the documentation has the set-up of each form. */
const BLOCKS: Readonly<Record<NeovimForm, number>> = { "0.11": 0, "0.7": 1 };

const SCRIPTS = new URL("neovim", import.meta.url).pathname;

for (const form of ["0.7", "0.11"] as const) {
  test(form, "shows mistakes where they are, and mends them", mends);
  test(form, "leaves other files alone until they are ours", ignores);
  test(form, "leaves syntax errors to others where it is told so", told);
  test(form, "runs a document where it is told that it may", runs);
  test(form, "is served while it works, and ends its server with it", works);
}

/** Starts a session with a script of tests/editors/neovim, and with settings before the set-up. */
type Start = (
  script: string,
  more?: {
    readonly env?: Readonly<Record<string, string>>;
    readonly before?: string;
  },
) => Promise<EditorSession>;

type Body = (start: Start, dir: string) => Promise<void>;

function test(form: NeovimForm, claim: string, body: Body): void {
  const found = neovimFor(form);
  const range = form === "0.7" ? "0.7 to 0.10" : "0.11 or newer";
  editorTest(`Neovim as set up from ${form} on ${claim}`, {
    missing: found ? undefined : `no Neovim ${range} is installed here`,
    body: async (cwd) => {
      const setup = (await documentedSetup("Neovim", "lua"))[BLOCKS[form]];
      assert.ok(found && setup);
      const start: Start = (script, { env = {}, before = "" } = {}) =>
        EditorSession.start({
          program: found.program,
          settings: { name: "init.lua", text: before + setup },
          args: (settings) => argsOf(settings, script),
          cwd,
          env,
        });
      await body(start, cwd);
    },
  });
}

function argsOf(settings: string, script: string): readonly string[] {
  const path = `lua package.path = "${SCRIPTS}/?.lua;" .. package.path`;
  const plain = ["--headless", "--clean", "-n", "-i", "NONE"];
  return [
    ...plain,
    "-u",
    settings,
    "--cmd",
    path,
    "-S",
    `${SCRIPTS}/${script}`,
  ];
}

async function mends(start: Start, dir: string): Promise<void> {
  await writeBrokenFiles(dir);
  const env = { BROKEN_FILES: JSON.stringify(BROKEN_FILES) };
  await using session = await start("mend.lua", { env });
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
  await using session = await start("attach.lua", { env });
  assert.deepEqual(await session.see("clients"), {
    "compose.yaml": 0,
    "inputs.yaml": 1,
  });
  await session.see("attached");
}

/** A document with a comma too many and a value that is not allowed. */
async function told(start: Start, dir: string): Promise<void> {
  const text =
    '{"$processor": "llm/litellm@1", "schema": "v1", "params": {"messages": [{"role": "usr", "content": "x"},]}}\n';
  await Deno.writeTextFile(`${dir}/inputs.json`, text);
  await using session = await start("settings.lua");
  assert.deepEqual(await session.see("codes"), ["ERR_SYNTAX", "ERR_VALUE"]);
  assert.deepEqual(await session.see("codes"), ["ERR_VALUE"]);
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
    await using session = await start("run.lua", { before });
    const said = String(await session.see("run"));
    assert.match(said, /^Mock run of llm\/litellm@1: success/);
  } finally {
    await Deno.remove(data, { recursive: true });
  }
}

async function works(start: Start, dir: string): Promise<void> {
  await writeInputs(dir);
  await using session = await start("work.lua");
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

async function edits(session: EditorSession): Promise<void> {
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
async function commands(session: EditorSession, dir: string): Promise<void> {
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
