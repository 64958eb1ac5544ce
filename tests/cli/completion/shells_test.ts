import assert from "node:assert/strict";
import { join } from "node:path";
import { interactiveShell, type Shell } from "./interactive_shell.ts";

/** What is typed, `⇥` for the tab key, and the words that the program then gets. */
const LINES: readonly (readonly [keys: string, words: string])[] = [
  ["theoryctl expl⇥ERR_ATTACH_UNK⇥", "explain ERR_ATTACH_UNKNOWN"],
  ["theoryctl localc⇥sta⇥", "localctl sta"],
  ["theoryctl localc⇥ru⇥--mod⇥sm⇥", "localctl run --mode smoke"],
  ["theoryctl localctl run --mode=sm⇥", "localctl run --mode=smoke"],
  ["theoryctl registry sh⇥llm⇥", "registry show llm/litellm@1"],
  ["theoryctl registry show llm/litellm@⇥", "registry show llm/litellm@1"],
  ["localctl ru⇥--ref replicate/ge⇥", "run --ref replicate/generic@1"],
  [
    "localctl run --registry own --ref de⇥",
    "run --registry own --ref demo/own@1",
  ],
  ["localctl sto⇥--ref ⇥", "stop --ref demo/running@1"],
  ["localctl run --inputs-fi⇥inp⇥", "run --inputs-file inputs file.json"],
  ["localctl run --attach a=pic⇥", "run --attach a=picture@2x.png"],
  ["localctl run --save-dir ou⇥ --quiet", "run --save-dir out --quiet"],
  ["theoryctl check sub/⇥", "check sub/only.yaml"],
  ["theoryctl check ~/inp⇥", "check ~/inputs file.json"],
  ["theoryctl check $HOME/inp⇥", "check ~/inputs file.json"],
  ['theoryctl check "inputs f⇥', "check inputs file.json"],
  ["localctl run --attach a=~/inp⇥", "run --attach a=~/inputs file.json"],
  ["localctl run --save-dir ~/ou⇥", "run --save-dir ~/out"],
  ["theoryctl check inputs\\ f⇥", "check inputs file.json"],
  ["theoryctl check \\$d⇥", "check $dollar.json"],
  ["theoryctl check \"it'⇥", "check it's.yaml"],
  ["localctl run --attach a=inputs\\ f⇥", "run --attach a=inputs file.json"],
  ['localctl run --attach "a=inputs f⇥', "run --attach a=inputs file.json"],
  [
    'localctl run --inputs-file="inputs f⇥',
    "run --inputs-file=inputs file.json",
  ],
  ['localctl run --ref "llm⇥', "run --ref llm/litellm@1"],
  ["localctl run --mode='sm⇥", "run --mode=smoke"],
  ['theoryctl explain "ERR_ATTACH_UNK⇥', "explain ERR_ATTACH_UNKNOWN"],
  [
    'localctl run --registry "team two" --ref de⇥',
    "run --registry team two --ref demo/two@1",
  ],
  ["theoryctl completions fi⇥", "completions fish"],
  ["theoryctl help registry va⇥", "help registry validate"],
  ["modalctl acc⇥--js⇥", "account --json"],
  ["theoryctl chekc a⇥", "chekc a"],
];

const entryOf = (ref: string) =>
  `ref: ${ref}
title: Own
handler: handler.ts
inputs: { type: object }
`;

/** A working folder with a registry, an instance and files. */
async function writeFolder(dir: string): Promise<void> {
  const files: Readonly<Record<string, string>> = {
    "inputs file.json": "{}",
    "$dollar.json": "{}",
    "it's.yaml": "",
    "picture@2x.png": "",
    "out/kept.txt": "",
    "sub/only.yaml": "",
    "own/demo/own/1/registry.yaml": entryOf("demo/own@1"),
    "team two/demo/two/1/registry.yaml": entryOf("demo/two@1"),
    ".theory/instances/demo~running@1.json": JSON.stringify({
      ref: "demo/running@1",
      engine: "sandbox",
      pid: 1,
      port: 1,
      url: "http://127.0.0.1:1",
      token: "t",
      startedAt: "",
      digest: "",
      secrets: [],
      runsDir: "",
    }),
  };
  for (const [name, text] of Object.entries(files)) {
    const path = join(dir, name);
    await Deno.mkdir(join(path, ".."), { recursive: true });
    await Deno.writeTextFile(path, text);
  }
}

async function completes(shell: Shell): Promise<void> {
  assert.ok(installed(shell), `${shell} is not installed`);
  const dir = await Deno.makeTempDir({ prefix: "theory-" });
  try {
    await writeFolder(dir);
    await using terminal = await interactiveShell(shell, dir);
    for (const [keys, words] of LINES) {
      const got = await terminal.type(keys.replaceAll("⇥", "\t"));
      // Some shells leave a slash after folders, some a `~` as it is; the folder is the home, too.
      const shown = got
        .map((word) => word.replace(/\/$/, "").replace(dir, "~")).join(" ");
      assert.equal(shown, words, `${shell}: ${keys}`);
    }
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

function installed(shell: Shell): boolean {
  return new Deno.Command("which", { args: [shell], stdout: "null" })
    .outputSync().success;
}

for (const shell of ["bash", "zsh", "fish"] as const) {
  const there = installed(shell);
  Deno.test({
    name: `completions ${shell} complete in the real shell${
      there ? "" : `, which is not installed here (apt install ${shell})`
    }`,
    // On a machine of CI a missing shell fails.
    ignore: !there && Deno.env.get("CI") !== "true",
    fn: () => completes(shell),
  });
}
