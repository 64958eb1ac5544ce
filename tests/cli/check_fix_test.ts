import assert from "node:assert/strict";
import { join } from "node:path";
import { theory, workFolder } from "./theory.ts";

const OLD =
  '\ufeff{\r\n  "messages": [{"role": "usr", "content": "é😀"}],\r\n  "mode": "default"\r\n}\r\n';
const NEW =
  '{\r\n  "schema": "v1",\r\n  "mode": "real",\r\n  "params": {\r\n    "messages": [{"role": "user", "content": "é😀"}]\r\n  }\r\n}\r\n';
const REF = ["--ref", "llm/litellm@1"];

Deno.test("check --fix writes the fixed document in its place, with its mode", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const file = join(cwd, "old.json");
  await Deno.writeTextFile(file, OLD, { mode: 0o640 });
  const { ino } = await Deno.stat(file);
  const printed = await theory(["check", "old.json", "--fix", ...REF], { cwd });
  assert.equal(printed.code, 0);
  assert.equal(printed.stdout, "");
  assert.equal(printed.stderr, "Fixed old.json\nNo problems in 1 document\n");
  assert.equal(await Deno.readTextFile(file), NEW);
  const after = await Deno.stat(file);
  assert.equal((after.mode ?? 0) & 0o777, 0o640);
  assert.notEqual(after.ino, ino);
  assert.deepEqual(await hiddenIn(cwd), []);
});

Deno.test("check --fix writes nothing where nothing can be fixed, and reports what is left", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const text = '{"schema": "v1", "params": {}, "extra": 1}\n';
  await Deno.writeTextFile(join(cwd, "a.json"), text);
  const { ino, mtime } = await Deno.stat(join(cwd, "a.json"));
  const printed = await theory(["check", "a.json", "--fix"], { cwd });
  assert.equal(printed.code, 3);
  assert.match(printed.stdout, /^a\.json:1:32: error ERR_KEY_UNKNOWN /m);
  assert.equal(printed.stderr, "");
  const after = await Deno.stat(join(cwd, "a.json"));
  assert.deepEqual([after.ino, after.mtime], [ino, mtime]);
  assert.equal(await Deno.readTextFile(join(cwd, "a.json")), text);
});

Deno.test("check --fix fixes several documents of every kind, and reports on their new text", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const write = (name: string, text: string) =>
    Deno.writeTextFile(join(cwd, name), text);
  await write("a.yaml", "schema: v2\nparams: {} # none\nextra: 1\n");
  await write("registry.yaml", 'ref: Demo/X@1\nenabled: "no" # yet\n');
  await write("theory.yaml", "registry: . # here\n");
  const files = ["a.yaml", "registry.yaml", "theory.yaml"];
  const printed = await theory(["check", ...files, "--fix"], { cwd });
  const read = (name: string) => Deno.readTextFile(join(cwd, name));
  assert.equal(
    await read("a.yaml"),
    "schema: v1\nparams: {} # none\nextra: 1\n",
  );
  assert.equal(
    await read("registry.yaml"),
    "ref: demo/x@1\nenabled: false # yet\n",
  );
  assert.equal(await read("theory.yaml"), "registry: [.] # here\n");
  assert.equal(printed.code, 3);
  assert.match(printed.stdout, /^a\.yaml:3:1: error ERR_KEY_UNKNOWN /m);
  assert.doesNotMatch(printed.stdout, /ERR_SCHEMA_VERSION|ERR_REF_INVALID/);
});

Deno.test("check --fix prints the fixed text of standard input, its report beside", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const line = ["check", "-", "--fix", ...REF];
  const printed = await theory(line, { cwd, stdin: OLD });
  assert.deepEqual([printed.code, printed.stdout], [0, NEW]);
  const extra = '{"schema": "v2", "params": {}, "extra": 1}';
  const left = await theory(["check", "-", "--fix"], { cwd, stdin: extra });
  assert.equal(left.code, 3);
  assert.equal(left.stdout, extra.replace("v2", "v1"));
  assert.match(left.stderr, /^<stdin>:1:32: error ERR_KEY_UNKNOWN /m);
});

Deno.test("check --fix takes standard input alone, for its text is the result", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const printed = await theory(["check", "-", "a.json", "--fix"], { cwd });
  assert.deepEqual([printed.code, printed.stdout], [2, ""]);
  assert.match(printed.stderr, /ERR_USAGE Cannot fix "-" beside other files/);
});

Deno.test("check --fix keeps links and files of several names what they are", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  await Deno.writeTextFile(join(cwd, "real.json"), OLD);
  await Deno.symlink("real.json", join(cwd, "link.json"));
  const linked = await theory(["check", "link.json", "--fix", ...REF], { cwd });
  assert.equal(linked.code, 0);
  assert.ok((await Deno.lstat(join(cwd, "link.json"))).isSymlink);
  assert.equal(await Deno.readTextFile(join(cwd, "real.json")), NEW);
  await Deno.writeTextFile(join(cwd, "one.json"), OLD);
  await Deno.link(join(cwd, "one.json"), join(cwd, "other.json"));
  const named = await theory(["check", "one.json", "--fix", ...REF], { cwd });
  assert.equal(named.code, 0);
  assert.equal(await Deno.readTextFile(join(cwd, "other.json")), NEW);
});

Deno.test("check --fix goes on where a killed one left its file", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  await Deno.writeTextFile(join(cwd, "old.json"), OLD);
  await Deno.writeTextFile(join(cwd, ".old.json.fixed"), "half");
  const printed = await theory(["check", "old.json", "--fix", ...REF], { cwd });
  assert.equal(printed.code, 0);
  assert.equal(await Deno.readTextFile(join(cwd, "old.json")), NEW);
  assert.deepEqual(await hiddenIn(cwd), []);
});

Deno.test("check --fix never changes what it cannot read", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const bytes = new Uint8Array([0x7b, 0xff, 0x7d]);
  await Deno.writeFile(join(cwd, "bad.json"), bytes);
  const printed = await theory(["check", "bad.json", "--fix"], { cwd });
  assert.equal(printed.code, 3);
  assert.deepEqual(await Deno.readFile(join(cwd, "bad.json")), bytes);
});

async function hiddenIn(dir: string): Promise<readonly string[]> {
  const names = await Array.fromAsync(Deno.readDir(dir), ({ name }) => name);
  return names.filter((name) => /\.fixed$/.test(name));
}
