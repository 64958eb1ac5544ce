import assert from "node:assert/strict";
import { writeInputs } from "./attached_picture.ts";
import {
  BROKEN_FILES,
  mendedText,
  placeOf,
  writeBrokenFiles,
} from "./broken_files.ts";
import { documentedSetup } from "./documented_setup.ts";
import { editorTest } from "./editor_case.ts";
import { EditorSession } from "./editor_session.ts";
import { TOOLKIT } from "../lsp/server/wire_client.ts";

const SCRIPTS = new URL("emacs", import.meta.url).pathname;

test("theoryctl.el compiles without a warning", async (dir) => {
  const file = `${dir}/theoryctl.el`;
  await Deno.copyFile(`${TOOLKIT}/editors/emacs/theoryctl.el`, file);
  const strict =
    "(progn (package-initialize) (setq byte-compile-error-on-warn t))";
  const { success, stderr } = await new Deno.Command("emacs", {
    args: ["--batch", "-q", "--eval", strict, "-f", "batch-byte-compile", file],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
});

test("Emacs shows mistakes where they are, and mends them", async (dir) => {
  await writeBrokenFiles(dir);
  const env = { BROKEN_FILES: JSON.stringify(BROKEN_FILES) };
  await using session = await start("mend.el", { dir, env });
  for (const file of BROKEN_FILES) {
    const { line, characters: [from, to] } = placeOf(file);
    const { code } = file;
    assert.deepEqual(await session.see("findings"), [{ code, line, from, to }]);
    assert.equal(await session.see("text"), mendedText(file));
    await session.see("saved");
    const saved = await Deno.readTextFile(`${dir}/${file.name}`);
    assert.equal(saved, mendedText(file));
  }
  assert.equal((await session.process.status).code, 0);
});

test("Emacs has a server that may read, and says how to run", async (dir) => {
  await writeInputs(dir);
  await using session = await begun(dir);
  const folders = [dir, TOOLKIT].sort().join(",");
  assert.equal(
    await session.see("status"),
    `theoryctl: inputs, llm/litellm@1 (document); 0 errors, 0 warnings; --allow-read=${folders}`,
  );
  const payload = String(await session.see("payload"));
  assert.match(payload, /^\/\/ The payload as it will be sent to llm/);
  assert.match(payload, /"mime": "image\/png"/);
  assert.match(
    String(await session.see("run")),
    /localctl run .* --mode mock$/,
  );
});

test("Emacs runs a document where it is told that it may", async (dir) => {
  const data = await Deno.makeTempDir({ prefix: "theory-" });
  try {
    await writeInputs(dir, data);
    const [, options = ""] = await documentedSetup("Emacs", "elisp");
    const after = options.replace("/opt/deno/bin/deno", Deno.execPath())
      .replace("/opt/theoryctl", TOOLKIT)
      .replace("/data/pictures", data);
    assert.ok(after.includes("theoryctl-allow-run t"));
    await using session = await begun(dir, after);
    const status = String(await session.see("status"));
    assert.ok(status.endsWith("--allow-run=deno"), status);
    await session.see("payload");
    const said = String(await session.see("run"));
    assert.match(said, /^Mock run of llm\/litellm@1: success/);
  } finally {
    await Deno.remove(data, { recursive: true });
  }
});

function test(name: string, body: (dir: string) => Promise<void>): void {
  editorTest(name, {
    missing: hasEglot() ? undefined : "no Emacs with Eglot is installed here",
    body,
  });
}

function hasEglot(): boolean {
  const needs =
    "(progn (package-initialize) (require 'eglot) (require 'yaml-mode))";
  try {
    return new Deno.Command("emacs", {
      args: ["--batch", "-q", "--eval", needs],
      stdout: "null",
      stderr: "null",
    }).outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** A session in which a file that is none of ours was opened first, and became ours. */
async function begun(dir: string, after = ""): Promise<EditorSession> {
  await Deno.writeTextFile(`${dir}/compose.yaml`, "services: {web: {}}\n");
  const session = await start("work.el", { dir, after });
  assert.equal(await session.see("foreign"), "left alone");
  assert.equal(await session.see("became"), "served");
  return session;
}

/** Starts a session with a script of tests/editors/emacs, and with settings after the set-up. */
async function start(
  script: string,
  { dir, env = {}, after = "" }: {
    readonly dir: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly after?: string;
  },
): Promise<EditorSession> {
  const [setup] = await documentedSetup("Emacs", "elisp");
  assert.ok(setup);
  return await EditorSession.start({
    program: "emacs",
    settings: { name: "init.el", text: setup + after },
    args: (settings) => [
      ...["--batch", "-q", "--eval", "(package-initialize)"],
      ...["-l", settings, "-L", SCRIPTS, "-l", `${SCRIPTS}/${script}`],
    ],
    cwd: dir,
    env,
  });
}
