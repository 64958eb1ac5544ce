import assert from "node:assert/strict";
import { parse } from "smol-toml";
import { startedClient, TOOLKIT } from "../lsp/server/wire_client.ts";
import { readPlace } from "../style/repository_files.ts";

/** How the set-ups of editors without a program to test with start the server. */
const COMMANDS: Readonly<Record<string, () => readonly string[]>> = {
  "the top of the page": () =>
    wordsIn(/```sh\n(deno run .* lsp)\n```/.exec(readPlace("docs/editors.md"))),
  Helix: () => {
    const { "language-server": servers } = parse(
      readPlace("editors/helix/languages.toml"),
    ) as unknown as HelixLanguages;
    const { command, args } = servers.theoryctl;
    return [command, ...args];
  },
  "Sublime Text": () =>
    JSON.parse(readPlace("editors/sublime/LSP.sublime-settings"))
      .clients.theoryctl.command,
  JetBrains: () =>
    JSON.parse(readPlace("editors/jetbrains/template.json"))
      .programArgs.default.split(" "),
  Zed: () => {
    const source = readPlace("editors/zed/src/lib.rs");
    const lists = /args = vec!\[([^]*?)\];[^]*args\.extend\(\[([^]*?)\]\)/;
    const words = (lists.exec(source) ?? []).slice(1)
      .flatMap((list) => [...list.matchAll(/"([^"]*)"/g)])
      .map(([, word = ""]) => word);
    return ["deno", ...words].map((word) =>
      word.replace("{toolkit}", "/path/to/theoryctl")
        .replace("{main}", "main.ts").replace("{}", "$PROJECT_DIR$")
    );
  },
  "the page for JetBrains": () =>
    wordsIn(
      /```text\n(deno run .*PROJECT.*)\n```/.exec(readPlace("docs/editors.md")),
    ),
};

interface HelixLanguages {
  readonly "language-server": {
    readonly theoryctl: {
      readonly command: string;
      readonly args: readonly string[];
      readonly config: unknown;
    };
  };
  readonly language: readonly {
    readonly name: string;
    readonly "language-servers": readonly string[];
  }[];
}

for (const [editor, command] of Object.entries(COMMANDS)) {
  Deno.test(`the server runs by the command of ${editor}, and reads the project`, async () => {
    const project = await Deno.makeTempDir({ prefix: "project-" });
    {
      const [program, ...args] = command().map((word) =>
        word.replaceAll("/path/to/theoryctl", TOOLKIT)
          .replaceAll("$PROJECT_DIR$", project)
      );
      assert.equal(program, "deno");
      await using client = await startedClient({
        command: [Deno.execPath(), ...args],
        cwd: project,
      });
      const uri = `file://${project}/inputs.yaml`;
      client.open(uri, INPUTS);
      const { diagnostics } = await client.findings(uri);
      const codes = diagnostics.map(({ code }) => code);
      assert.deepEqual(codes, ["ERR_ATTACH_MISSING"]);
      assert.equal(await client.stop(), 0);
      assert.equal(await client.stderr, "");
    }
    await Deno.remove(project, { recursive: true });
  });
}

const INPUTS = `$processor: llm/litellm@1
$attachments: { photo: gone.png }
schema: v1
params:
  messages:
    - role: user
      content:
        - $attach: photo
`;

Deno.test("Helix asks this server first, and leaves syntax errors to the other one", () => {
  const { language, "language-server": servers } = parse(
    readPlace("editors/helix/languages.toml"),
  ) as unknown as HelixLanguages;
  assert.deepEqual(language.map(({ name }) => name), ["json", "jsonc", "yaml"]);
  for (const { "language-servers": asked } of language) {
    assert.equal(asked[0], "theoryctl");
    assert.equal(asked.length, 2);
  }
  const config = JSON.stringify(servers.theoryctl.config);
  assert.equal(config, '{"theoryctl":{"syntax":false}}');
});

Deno.test("LSP4IJ attaches the server to both languages", () => {
  const { fileTypeMappings } = JSON.parse(
    readPlace("editors/jetbrains/template.json"),
  );
  const patterns = fileTypeMappings.flatMap((
    each: { readonly fileType: { readonly patterns: readonly string[] } },
  ) => each.fileType.patterns);
  assert.deepEqual(patterns, ["*.yaml", "*.yml", "*.json", "*.jsonc"]);
  assert.deepEqual(JSON.parse(readPlace("editors/jetbrains/settings.json")), {
    theoryctl: { syntax: false },
  });
});

Deno.test("a server that is started by hand says what is wrong, and nothing when all is right", async () => {
  const project = await Deno.makeTempDir({ prefix: "project-" });
  const said = async (change: (word: string) => string) => {
    const [, ...args] = COMMANDS["the top of the page"]?.() ?? [];
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: args.map(change).map((word) =>
        word.replaceAll("/path/to/theoryctl", TOOLKIT)
      ),
      cwd: project,
      stdin: "null",
      env: { NO_COLOR: "1" },
    }).output();
    const text = new TextDecoder();
    return { code, text: text.decode(stdout) + text.decode(stderr) };
  };
  assert.deepEqual(await said((word) => word), { code: 1, text: "" });
  const elsewhere = await said((word) => word.replace(",.", ",elsewhere"));
  assert.equal(elsewhere.code, 10);
  assert.match(elsewhere.text, /^Run: deno run .*--allow-read=/m);
  const moved = await said((word) => word.replace("main.ts", "mian.ts"));
  assert.match(moved.text, /Module not found/);
  await Deno.remove(project, { recursive: true });
});

function wordsIn(found: RegExpExecArray | null): readonly string[] {
  return found?.[1]?.split(" ") ?? [];
}
