import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import {
  type ServerCommand,
  serverCommand,
} from "../../../editors/vscode/server_command.ts";
import { settingsFrom } from "../../../editors/vscode/settings.ts";
import { startedClient, TOOLKIT } from "../../lsp/server/wire_client.ts";

const MAINS = ["/kit/main.ts", "/own/main.js"];

function commandFor(
  settings: Readonly<Record<string, unknown>>,
  folders: readonly string[] = ["/a", "/b"],
): ServerCommand | string {
  return serverCommand(settingsFrom((name) => settings[name]), {
    folders,
    shipped: "/kit",
    exists: (path) => MAINS.includes(path) || path.startsWith("/more"),
  });
}

Deno.test("serverCommand() grants read of the toolkit and of each folder, and nothing else", () => {
  assert.deepEqual(commandFor({}), {
    command: "deno",
    cwd: "/a",
    args: [
      "run",
      "--no-prompt",
      "--allow-read=/kit,/a,/b",
      "/kit/main.ts",
      "lsp",
      "/b",
    ],
  });
});

Deno.test("serverCommand() grants to start Deno, and only that Deno, where runs are allowed", () => {
  const words = (settings: Readonly<Record<string, unknown>>) => {
    const found = commandFor({ ...settings, allowRuns: true });
    assert.ok(typeof found === "object");
    return [found.command, found.args[3]];
  };
  assert.deepEqual(words({}), ["deno", "--allow-run=deno"]);
  const own = "/opt/deno/bin/deno";
  assert.deepEqual(words({ deno: own }), [own, `--allow-run=${own}`]);
  assert.deepEqual(words({ deno: "bin/deno" }), [
    "/a/bin/deno",
    "--allow-run=/a/bin/deno",
  ]);
});

Deno.test("serverCommand() takes another toolkit, further folders and registry roots", () => {
  const found = commandFor({
    toolkit: "/own",
    folders: ["/more/pictures", "/gone"],
    registry: ["/more/registry", ""],
  }, ["/a"]);
  assert.ok(typeof found === "object");
  assert.deepEqual(found.args.slice(2), [
    "--allow-read=/own,/a,/more/pictures,/more/registry",
    "/own/main.js",
    "lsp",
    "/more/pictures",
    "/more/registry",
  ]);
});

Deno.test("serverCommand() works in the toolkit when no folder is open", () => {
  const found = commandFor({}, []);
  assert.ok(typeof found === "object");
  assert.deepEqual([found.cwd, found.args[2]], ["/kit", "--allow-read=/kit"]);
});

Deno.test("serverCommand() says which folder cannot be granted", () => {
  const told = 'Cannot let Deno read "/a,b": a comma there ends the name';
  assert.equal(commandFor({}, ["/a", "/a,b"]), told);
  const first = commandFor({}, ["/a,b"]);
  assert.ok(typeof first === "object");
  assert.deepEqual([first.cwd, first.args[2]], ["/a,b", "--allow-read=/kit,."]);
});

Deno.test("serverCommand() says which folder is no toolkit", () => {
  assert.equal(
    commandFor({ toolkit: "~/nowhere" })
      .toString().replace(/"[^"]*\/nowhere"/, '"…/nowhere"'),
    'Cannot start the toolkit in "…/nowhere": it has no main.ts and no main.js',
  );
});

Deno.test("settingsFrom() takes what is of the right type", () => {
  const odd = { deno: 5, toolkit: null, folders: [1, "", "a"], registry: "b" };
  assert.deepEqual(settingsFrom((name) => odd[name as keyof typeof odd]), {
    deno: "deno",
    toolkit: "",
    folders: ["a"],
    registry: [],
    allowRuns: false,
    trace: "off",
  });
});

Deno.test("the server runs by the command of the extension, in each of its folders", async () => {
  const folders = [
    await Deno.makeTempDir({ prefix: "one, " }),
    await Deno.makeTempDir(),
  ];
  const started = serverCommand(
    settingsFrom((name) => name === "deno" ? Deno.execPath() : undefined),
    { folders, shipped: TOOLKIT, exists: (path) => path.endsWith(".ts") },
  );
  assert.ok(typeof started === "object");
  const { command, args, cwd } = started;
  {
    await using client = await startedClient({
      command: [command, ...args],
      cwd,
    });
    for (const folder of folders) {
      await Deno.writeTextFile(`${folder}/a.txt`, "");
      const uri = pathToFileURL(`${folder}/inputs.yaml`).href;
      client.open(uri, document("a.txt", "b.txt"));
      const { diagnostics } = await client.findings(uri);
      const codes = diagnostics.map(({ code }) => code);
      assert.deepEqual(codes, ["ERR_ATTACH_MISSING"], folder);
    }
    assert.equal(await client.stop(), 0);
    assert.equal(await client.stderr, "");
  }
  for (const each of folders) await Deno.remove(each, { recursive: true });
});

function document(...files: readonly string[]): string {
  const names = files.map((file, i) => `  file${i}: ${file}\n`);
  const uses = files.map((_, i) => `        - $attach: file${i}\n`);
  return `$processor: llm/litellm@1
$attachments:
${names.join("")}schema: v1
params:
  messages:
    - role: user
      content:
${uses.join("")}`;
}
