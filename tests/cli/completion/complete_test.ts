import assert from "node:assert/strict";
import { runCli } from "../../../cli/mod.ts";
import { plainWorld } from "../plain_world.ts";
import { theory } from "../theory.ts";

/** What is proposed for the last word of a line, a line each. */
async function proposed(...words: readonly string[]): Promise<string[]> {
  const { world, out, err } = plainWorld(["__complete", ...words]);
  assert.equal(await runCli(world), 0);
  assert.equal(err(), "");
  return out().split("\n").slice(0, -1);
}

function words(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.split("\t")[0] ?? "");
}

Deno.test("__complete proposes commands with what they are for", async () => {
  assert.deepEqual(await proposed("registry", "sh"), [
    "show\tShow one entry: inputs, outputs, secrets, limits",
  ]);
  assert.ok(words(await proposed("")).includes("localctl"));
});

Deno.test("__complete proposes flags when one is begun, and not twice", async () => {
  assert.deepEqual(words(await proposed("localctl", "run", "--st")), [
    "--stream",
    "--state-dir",
  ]);
  const again = await proposed("localctl", "run", "--stream", "--st");
  assert.deepEqual(words(again), ["--state-dir"]);
});

Deno.test("__complete proposes values of flags, in both ways to write them", async () => {
  assert.deepEqual(words(await proposed("localctl", "run", "--mode", "")), [
    "mock",
    "real",
    "smoke",
  ]);
  assert.deepEqual(words(await proposed("localctl", "run", "--mode=r")), [
    "--mode=real",
  ]);
});

Deno.test("__complete proposes refs of the registry with their titles", async () => {
  assert.deepEqual(await proposed("registry", "show", "llm/"), [
    "llm/litellm@1\tChat completion",
  ]);
});

Deno.test("__complete asks the shell for names of files and folders", async () => {
  const lines: readonly (readonly [words: string, expected: string])[] = [
    ["localctl run --inputs-file in", ":file\tin"],
    ["localctl run --inputs-file=in", ":file\tin"],
    ["localctl run --attach photo=pic", ":file\tpic"],
    ["localctl run --save-dir ~/o", ":folder\t~/o"],
    ["check a.json su", ":file\tsu"],
  ];
  for (const [line, expected] of lines) {
    assert.deepEqual(await proposed(...line.split(" ")), [expected]);
  }
});

Deno.test("__complete proposes nothing, and does not complain, for lines that are wrong", async () => {
  assert.deepEqual(await proposed("no", "such", "x"), []);
  assert.deepEqual(await proposed("localctl", "run", "--no-such", ""), []);
  assert.deepEqual(await proposed("registry", "show", "llm/litellm@1", ""), [
    ...await proposed("registry", "show", "llm/litellm@1", "--"),
  ]);
  const broken = ["registry", "show", "--registry", "/dev/null/x", "nothing/"];
  assert.deepEqual(await proposed(...broken), []);
  assert.deepEqual(await proposed("localctl", "run", "--attach", "nam"), []);
});

Deno.test("__complete proposes nothing where nothing is permitted, and does not ask", async () => {
  for (const flags of [[], ["--no-prompt"], [`--allow-read=${Deno.cwd()}`]]) {
    const printed = await theory(["__complete", "nothing", ""], { flags });
    assert.deepEqual(printed, { code: 0, stdout: "", stderr: "" });
  }
});

Deno.test("__complete goes by the settings of the working folder", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const cwd = { cwd: folder };
    await theory(["registry", "new", "demo/here@1", "--dir", "team"], cwd);
    await Deno.writeTextFile(`${folder}/theory.yaml`, "registry: [team]\n");
    const line = ["__complete", "localctl", "run", "--ref", "demo/"];
    const { stdout } = await theory(line, cwd);
    assert.match(stdout, /^demo\/here@1\t/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
