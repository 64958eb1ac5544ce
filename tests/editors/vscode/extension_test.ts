import assert from "node:assert/strict";
import { join } from "node:path";
import manifest from "../../../editors/vscode/package.json" with {
  type: "json",
};
import type { Status } from "../../../lsp/mod.ts";
import { installedExtension } from "./installed_extension.ts";
import {
  assertContents,
  assertManifests,
  assertPrograms,
  assertTypes,
  unpacked,
} from "./package_checks.ts";
import { type StandIn, standIn } from "./stand_in.ts";
import { TOOLKIT } from "../../lsp/server/wire_client.ts";

const INPUTS = `$processor: llm/litellm@1
schema: v1
params:
  messages:
    - role: usr
      content: é😀 Hello
`;

const RIGHT = INPUTS.replace("usr", "user");

const ATTACHED = `$processor: llm/litellm@1
$attachments: { photo: gone.png }
schema: v1
params:
  messages: [{ role: user, content: [{ $attach: photo }] }]
`;

/** The session, as far as the tests ask it. */
interface Asked {
  status(uri: unknown): Promise<Status>;
}

Deno.test("the extension serves documents from what is in its package", async (t) => {
  await using installed = await installedExtension();
  const packed = unpacked(installed.bytes);

  await t.step("the package holds the extension and a release", () => {
    assertContents(packed);
    assertPrograms(packed, TOOLKIT);
  });

  await t.step("the manifests of the package name what is in it", () => {
    assertManifests(packed);
    assertTypes(packed);
  });

  const work = await Deno.makeTempDir({ prefix: "editor-" });
  const second = await Deno.makeTempDir({ prefix: "editor-" });
  const editor = standIn([work, second]);
  const { main, loaded } = installed.load(editor.vscode);
  const subscriptions: { dispose(): void }[] = [];
  const service = main.activate({
    subscriptions,
    asAbsolutePath: (path: string) => join(installed.folder, path),
  });
  const { noted } = editor;

  await t.step("it registers the commands of its manifest", () => {
    assert.deepEqual(
      [...noted.commands.keys()].sort(),
      manifest.contributes.commands.map(({ command }) => command).sort(),
    );
  });

  await t.step(
    "no server starts, and no client is loaded, for other documents",
    async () => {
      editor.open(join(work, "package.json"), '{"name": "other"}');
      editor.open(join(work, "registry.json"), '{"ref": "demo/own@1"}');
      editor.open(join(work, "values.yaml"), "params: {}\n");
      assert.equal(await service.session(), undefined);
      assert.deepEqual(loaded, ["extension.js"]);
    },
  );

  const inputs = join(work, "inputs.yaml");
  await t.step(
    "the first inputs document starts it, and is checked",
    async () => {
      const document = editor.open(inputs, INPUTS);
      assert.notEqual(
        await service.session(),
        undefined,
        noted.messages.join(),
      );
      assert.deepEqual(loaded, ["extension.js", "session.js"]);
      const shown = await found(editor, document.uri.toString());
      assert.deepEqual(shown, ["ERR_VALUE 4:12-4:15"]);
    },
  );

  await t.step("the status bar says what it is validated as", async () => {
    await until(() => noted.status !== undefined);
    assert.equal(noted.status, "$(error) validated as llm/litellm@1");
  });

  await t.step(
    "the server has read of the folder and of itself, and nothing else",
    async () => {
      const session = await service.session() as Asked;
      const document = editor.open(inputs, INPUTS);
      const { permissions } = await session.status(document.uri);
      const toolkit = join(installed.folder, "toolkit");
      const folders = [toolkit, work].sort().join(",");
      assert.deepEqual(permissions, [`--allow-read=${folders}`]);
    },
  );

  await t.step(
    "a document that only its text tells is served, and its neighbours are left alone",
    async () => {
      const text = '{"schema": "v1", "params": {"mesages": []}}';
      const document = editor.open(join(work, "sub", "request.json"), text);
      await service.session();
      const [provider] = editor.providers("Hover", document);
      assert.notEqual(provider, undefined);
      const other = editor.open(join(work, "other.json"), "{}");
      assert.deepEqual(editor.providers("Hover", other), []);
    },
  );

  await t.step(
    "a document that becomes one of ours is served from then on",
    async () => {
      const document = editor.open(join(work, "deep", "notes.yaml"), "a: 1\n");
      editor.edit(document, INPUTS);
      await service.session();
      const shown = await found(editor, document.uri.toString());
      assert.deepEqual(shown, ["ERR_VALUE 4:12-4:15"]);
    },
  );

  await t.step("every folder of the workspace is read", async () => {
    const { uri } = editor.open(join(second, "inputs.yaml"), ATTACHED);
    assert.deepEqual(await found(editor, uri.toString()), [
      "ERR_ATTACH_MISSING 1:23-1:31",
    ]);
  });

  await t.step(
    "a document outside of the workspace is served with its folder",
    async () => {
      const elsewhere = await Deno.makeTempDir({ prefix: "elsewhere-" });
      const { uri } = editor.open(join(elsewhere, "inputs.yaml"), ATTACHED);
      // That the file is missing is known to who may look for it.
      assert.deepEqual(await found(editor, uri.toString()), [
        "ERR_ATTACH_MISSING 1:23-1:31",
      ]);
      await Deno.remove(elsewhere, { recursive: true });
    },
  );

  await t.step("VS Code's own formatter is the only one of JSON", () => {
    const kind = "DocumentFormattingEdit";
    const json = editor.open(join(work, "inputs.json"), "{}");
    const yaml = editor.open(inputs, INPUTS);
    assert.deepEqual(editor.providers(kind, json), []);
    assert.equal(editor.providers(kind, yaml).length, 1);
  });

  const call = async (name: string) =>
    await noted.commands.get(`theoryctl.${name}`)?.();

  await t.step("the command line of a mock run is copied", async () => {
    editor.open(inputs, RIGHT);
    await call("copyCommandLine");
    assert.match(noted.clipboard ?? "", /main\.js localctl run .*--mode mock$/);
    assert.ok(noted.clipboard?.includes(inputs));
  });

  await t.step(
    "a mock run that is not allowed is offered, and then runs",
    async () => {
      noted.messages.length = 0;
      noted.presses = "Allow mock runs";
      const before = await service.session();
      await call("mockRun");
      assert.match(noted.messages.join(), /must be allowed to start Deno/);
      const after = await service.session() as Asked;
      assert.notEqual(after, before);
      const { uri } = editor.open(inputs, RIGHT);
      assert.equal((await after.status(uri)).canRun, true);
      noted.messages.length = 0;
      await call("mockRun");
      assert.match(
        noted.messages.join(),
        /^Mock run of llm\/litellm@1: success/,
      );
    },
  );

  await t.step(
    "what is said is written down where that is asked for",
    async () => {
      const traced = () =>
        noted.log.some((line) => /theory\/status/.test(line));
      assert.equal(traced(), false);
      editor.configure({ "theoryctl.trace.server": "messages" });
      await service.session();
      await until(traced);
    },
  );

  await t.step("a toolkit that is none is told", async () => {
    editor.configure({ "theoryctl.toolkit": work });
    assert.equal(await service.session(), undefined);
    assert.equal(
      noted.messages.at(-1),
      `Cannot start the toolkit in "${work}": it has no main.ts and no main.js`,
    );
  });

  await service.dispose();
  for (const each of subscriptions) each.dispose();
  for (const each of [work, second]) {
    await Deno.remove(each, { recursive: true });
  }
});

/** Codes and places of what is shown for a document, once anything is. */
async function found(
  { noted: { findings } }: StandIn,
  uri: string,
): Promise<readonly string[]> {
  await until(() => (findings.get(uri) ?? []).length > 0);
  return (findings.get(uri) ?? []).map(({ code, range: { start, end } }) =>
    `${code.value} ${start.line}:${start.character}-${end.line}:${end.character}`
  );
}

/** Waits for what another process does; the test ends after a minute without it. */
async function until(happened: () => boolean): Promise<void> {
  for (let i = 0; i < 1200 && !happened(); i++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.ok(happened());
}
