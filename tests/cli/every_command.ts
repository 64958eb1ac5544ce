import { join } from "node:path";
import { framed } from "../lsp/server/framed.ts";
import { startFake } from "../registry/processors/fake_provider.ts";
import { HELLO, NO_LOGINS, workFolder } from "./theory.ts";

/** A command line that does what its command is for. */
export interface CommandCase {
  /** The command, as its path in the menu. */
  readonly of: string;
  readonly args: readonly string[];
  readonly stdin: string;
  /** The folder that it is run in; default the one of the setting. */
  readonly within?: string;
  /** What the environment says besides. */
  readonly env?: Readonly<Record<string, string>>;
  /** How it ends where there is no engine of containers; default 0. */
  readonly code?: number;
}

const REF = ["--ref", "llm/litellm@1"];
const ATTACH = ["--attach", "photo=examples/landscape.png"];
const LOOK = HELLO.replace('"Hello"', '[{"$attach":"photo"}]');
const OWN = LOOK.replace(
  /}$/,
  ',"$attachments":{"photo":"examples/landscape.png"}}',
);
const NEW = ["--registry", "processors"];
const INPUTS = ["--inputs-json", HELLO];
const GREET = ["--inputs-json", '{"schema":"v1","params":{"name":"you"}}'];

/** What the environment says of where things are, relative to the working folder. */
const PLACES = { THEORY_STATE_DIR: "other", THEORY_REGISTRY: "processors" };

/**
 * At least one line of every command, in an order in which each finds what it needs. A command of the menu
 * that has none fails the tests that go through them.
 */
export const CASES: readonly CommandCase[] = [
  line("explain", ["ERR_USAGE"]),
  line("help", ["localctl", "run"]),
  line("help", ["registry", "--json"]),
  line("completions", ["zsh"]),
  line("registry list"),
  line("registry new", ["demo/hello@1", "--dir", "processors"]),
  line("registry show", ["llm/litellm@1"]),
  line("registry validate", NEW),
  line("registry schema", ["llm/litellm@1"]),
  line("registry example", ["demo/hello@1", ...NEW]),
  line("check", [
    "examples/describe.yaml",
    "processors/demo/hello/1/registry.yaml",
  ]),
  line("check", ["-", ...REF, ...ATTACH], LOOK),
  line("check", ["elsewhere/outside.yaml", "elsewhere/above.json"]),
  line("check", ["-", ...REF], OWN),
  line("check", ["old.json", "--fix"]),
  line("check", ["-", ...REF, ...ATTACH, "--fix"], LOOK),
  line("localctl start", REF),
  line("localctl start", ["--ref", "replicate/generic@1", "--json"]),
  line("localctl status", ["--json"]),
  line("localctl url", REF),
  line("localctl run", [
    ...["--inputs-file", "examples/describe.yaml", "--save-dir", "out"],
  ]),
  line("localctl run", [...REF, ...INPUTS, "--mode", "real", "--stream"]),
  line("localctl run", [
    ...[...REF, "--inputs", "-", ...ATTACH, "--save-first", "saved/first.txt"],
  ], LOOK),
  line("localctl run", ["--inputs-file", "elsewhere/outside.yaml"]),
  line("localctl run", ["--inputs-file", "elsewhere/above.json"]),
  line("localctl run", [...REF, "--inputs-json", OWN]),
  line("localctl run", [...REF, "--inputs", "-"], OWN),
  line("localctl run", [...REF, ...INPUTS, "--state-dir", "other"]),
  line("localctl run", [
    ...[...REF, ...INPUTS, "--mode", "smoke", "--json", "--execution-id", "S"],
  ]),
  line("localctl run", [...NEW, "--ref", "demo/hello@1", ...GREET]),
  line("run_processor", [...REF, "--inputs", "-"], HELLO),
  line("localctl logs", [...REF, "--tail", "3"]),
  line("runs list", ["--since", "1d"]),
  line("runs show", ["S"]),
  settled("registry list"),
  settled("check", ["for-it.json"]),
  settled("localctl run", ["--inputs-file", "for-it.json"]),
  settled("localctl run", ["--ref", "demo/hello@1", ...GREET]),
  settled("runs list"),
  elsewhere("registry list"),
  elsewhere("localctl start", ["--ref", "demo/hello@1"]),
  elsewhere("localctl run", ["--ref", "demo/hello@1", ...GREET]),
  elsewhere("runs list"),
  elsewhere("localctl stop", ["--all"]),
  line("runs rerun", ["S", "--save-dir", "out"]),
  line("runs diff", ["S", "S#1", "--json"]),
  line("runs gc", ["--keep", "1000"]),
  line("artifacts put", ["examples/landscape.png", "--at", "/artifacts/mine/"]),
  line("artifacts list", ["/artifacts/mine/"]),
  line("artifacts get", ["/artifacts/mine/landscape.png", "-o", "out/it.png"]),
  line("artifacts get", ["/artifacts/mine/landscape.png", "--json"]),
  line("artifacts verify"),
  line("artifacts gc", ["--forget", "/artifacts/mine/", "--older-than", "0"]),
  line("localctl stop", ["--all"]),
  onEngine("registry pin", [...NEW, "--ref", "demo/hello@1", "--oci", "a:1"]),
  onEngine("imagectl build", REF),
  onEngine("imagectl push", [...REF, "--to", "127.0.0.1:9/team/litellm"]),
  onEngine("imagectl list", ["--json"]),
  line("modalctl account", ["--env", "dev"]),
  line("lsp", ["--stdio"], openedInEditor(LOOK)),
];

/** A line that goes by the environment. */
function elsewhere(of: string, more: readonly string[] = []): CommandCase {
  return { ...line(of, more), env: PLACES };
}

/** A line that goes by settings. */
function settled(of: string, more: readonly string[] = []): CommandCase {
  return { ...line(of, more), within: "settled" };
}

/** What an editor says that opens a document and ends. */
function openedInEditor(text: string): string {
  const uri = "file:///inputs.json";
  const textDocument = { uri, languageId: "json", version: 1, text };
  return framed(
    { id: 1, method: "initialize", params: { capabilities: {} } },
    { method: "textDocument/didOpen", params: { textDocument } },
    { id: 2, method: "shutdown" },
    { method: "exit" },
  );
}

function line(
  of: string,
  more: readonly string[] = [],
  stdin = "",
): CommandCase {
  return { of, args: [...of.split(" "), ...more], stdin };
}

/** What is done with an engine, of which the tests of containers have one. */
function onEngine(of: string, more: readonly string[]): CommandCase {
  return { ...line(of, more), code: 9 };
}

/** Where a case is run. */
export function placeOf(
  { within = "", env = {} }: CommandCase,
  setting: Pick<Setting, "dir" | "env">,
): Pick<Setting, "dir" | "env"> {
  return {
    dir: join(setting.dir, within),
    env: { ...setting.env, ...env },
  };
}

/** Values that must not appear anywhere. */
export const SECRETS = {
  key: "sk-marked-4f1e9c7a2b8d6350e1",
  token: "r8_marked9d2c4b6a8f0e1357",
  password: "pw-marked-8c3d5e1f7a9b2046",
  modalId: "ak-marked7f2a9c4e6b8d1035",
  modalSecret: "as-marked3e8b1d5f7092c4a6",
} as const;

/** What they are called where the commands find them. */
export const SECRET_ENV = {
  OPENAI_API_KEY: SECRETS.key,
  REPLICATE_API_TOKEN: SECRETS.token,
  LITELLM_API_BASE: `https://user:${SECRETS.password}@llm.test/v1`,
  REPLICATE_API_BASE: `https://user:${SECRETS.password}@images.test`,
  MODAL_TOKEN_ID: SECRETS.modalId,
} as const;

const ANSWER = `### POST /v1/chat/completions
HTTP/1.1 200 OK
content-type: text/event-stream

data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi there"},"finish_reason":"stop"}]}

data: [DONE]

`;

/** Modal's file with the other half of a token, and an environment that is named like it. */
const MODAL_CONFIG = `[work]
active = true
token_secret = "${SECRETS.modalSecret}"
environment = "${SECRETS.modalSecret}"
`;

/** A folder with examples in it, and an environment with secrets and a provider. */
export interface Setting extends AsyncDisposable {
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Where the cases can be run, one after the other. The provider's address may hold a password. */
export async function settingForCases(login = ""): Promise<Setting> {
  const folder = await workFolder();
  const provider = startFake(ANSWER);
  const config = await Deno.makeTempFile({ suffix: ".toml" });
  await Deno.writeTextFile(config, MODAL_CONFIG);
  const { dir } = folder;
  await Deno.mkdir(join(dir, "examples"));
  await Deno.mkdir(join(dir, PLACES.THEORY_REGISTRY));
  const examples = new URL("../../docs/examples/", import.meta.url);
  for await (const { name } of Deno.readDir(examples)) {
    await Deno.copyFile(new URL(name, examples), join(dir, "examples", name));
  }
  await Deno.writeTextFile(join(dir, "old.json"), '{"messages": []}\n');
  await writeElsewhere(dir);
  await writeSettled(dir);
  return {
    dir,
    env: {
      ...NO_LOGINS,
      ...SECRET_ENV,
      LITELLM_API_BASE: `http://${login}${provider.host}/v1`,
      MODAL_CONFIG_PATH: config,
    },
    async [Symbol.asyncDispose]() {
      await folder[Symbol.asyncDispose]();
      await provider.stop();
      await Deno.remove(config);
    },
  };
}

/** Documents that attach a file outside of their own folder: by an absolute path, and by one that leads up. */
async function writeElsewhere(dir: string): Promise<void> {
  const photo = join(dir, "examples/landscape.png");
  await Deno.mkdir(join(dir, "elsewhere"));
  await Deno.writeTextFile(
    join(dir, "elsewhere/outside.yaml"),
    `# processor: llm/litellm@1\n# attach: photo=${photo}\n${LOOK}`,
  );
  await Deno.writeTextFile(
    join(dir, "elsewhere/above.json"),
    OWN.replace("examples", "..\\/examples")
      .replace("{", '{"$processor":"llm/litellm@1",'),
  );
}

/** A folder with settings, and a document that they are for. */
async function writeSettled(dir: string): Promise<void> {
  await Deno.mkdir(join(dir, "settled"));
  await Deno.writeTextFile(
    join(dir, "settled/theory.yaml"),
    `registry: [../${PLACES.THEORY_REGISTRY}]
inputs:
  - files: for-it.json
    ref: llm/litellm@1
    attach: {photo: ../examples/landscape.png}
defaults: {state-dir: ../other}
`,
  );
  await Deno.writeTextFile(join(dir, "settled/for-it.json"), LOOK);
}
