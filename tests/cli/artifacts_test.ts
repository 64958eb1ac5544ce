import assert from "node:assert/strict";
import { join } from "node:path";
import { cidOf } from "../../schemas/mod.ts";
import { envelopeOf, HELLO, spawn, theory, workFolder } from "./theory.ts";

/** Bytes that are no text. */
const BYTES = Uint8Array.from({ length: 300_000 }, (_, i) => i * 7 & 255);

/** Runs `artifacts …` and reads what it says as JSON. */
async function artifacts(cwd: string, ...args: readonly string[]) {
  const printed = await theory(["artifacts", ...args, "--json"], { cwd });
  assert.equal(printed.code, 0, printed.stderr);
  return JSON.parse(printed.stdout);
}

async function folderWithFile() {
  const folder = await workFolder();
  await Deno.writeFile(join(folder.dir, "a b.bin"), BYTES);
  return folder;
}

/** Changes a byte of a stored artifact. */
async function damage(cwd: string, cid: string): Promise<void> {
  const hex = cid.slice(3);
  const objects = join(cwd, ".theory/artifacts/objects");
  const file = join(objects, hex.slice(0, 2), hex);
  await Deno.chmod(file, 0o600);
  const bytes = await Deno.readFile(file);
  bytes[1000] = (bytes[1000] ?? 0) ^ 1;
  await Deno.writeFile(file, bytes);
}

Deno.test("artifacts put and get give back the same bytes", async () => {
  await using folder = await folderWithFile();
  const { dir: cwd } = folder;
  const cid = await cidOf(BYTES);
  const put = await theory(["artifacts", "put", "a b.bin"], { cwd });
  assert.equal(put.stdout, `/artifacts/inputs/${cid}/a b.bin\n`);
  const at = await artifacts(cwd, "put", "a b.bin", "--at", "/artifacts/mine/");
  assert.deepEqual(at.artifacts, [{
    path: "/artifacts/mine/a b.bin",
    cid,
    size_bytes: BYTES.length,
    mime: "application/octet-stream",
  }]);
  for (const name of [cid, "/artifacts/mine/a%20b.bin"]) {
    const out = await spawn(["artifacts", "get", name], { cwd }).output();
    assert.deepEqual(new Uint8Array(out.stdout), BYTES);
    await theory(["artifacts", "get", name, "-o", "copy.bin"], { cwd });
    assert.deepEqual(await Deno.readFile(join(cwd, "copy.bin")), BYTES);
    await Deno.remove(join(cwd, "copy.bin"));
    const line = ["artifacts", "get", name, "-o", "-"];
    const piped = await spawn(line, { cwd }).output();
    assert.equal(await cidOf(new Uint8Array(piped.stdout)), cid);
  }
  const { stdout } = await theory(["artifacts", "list"], { cwd });
  assert.equal(
    stdout,
    `293 KiB  /artifacts/inputs/${cid}/a b.bin\n293 KiB  /artifacts/mine/a b.bin\n`,
  );
});

Deno.test("artifacts get and put refuse what is not there and what is no path", async () => {
  await using folder = await folderWithFile();
  const { dir: cwd } = folder;
  const refused: readonly (readonly [readonly string[], number, string])[] = [
    [["get", "/artifacts/none"], 3, "ERR_ARTIFACT_MISSING"],
    [["get", await cidOf(BYTES)], 3, "ERR_ARTIFACT_MISSING"],
    [["get", "none"], 2, "ERR_BAD_FACET"],
    [["get", "b3:659"], 2, "ERR_USAGE"],
    [["put", "none"], 3, "ERR_ATTACH_MISSING"],
    [["put", "a b.bin", "--at", "/mine/"], 2, "ERR_BAD_FACET"],
    [["put", "a b.bin", "none", "--at", "/artifacts/x"], 2, "ERR_USAGE"],
    [["gc", "--older-than", "soon"], 2, "ERR_USAGE"],
  ];
  for (const [args, code, error] of refused) {
    const printed = await theory(["artifacts", ...args, "--json"], { cwd });
    assert.equal(printed.code, code, args.join(" "));
    assert.equal(envelopeOf(printed).error?.code, error);
  }
});

Deno.test("artifacts get and put say what is wrong with a place or a file", async () => {
  await using folder = await folderWithFile();
  const { dir: cwd } = folder;
  await theory(["artifacts", "put", "a b.bin"], { cwd });
  await Deno.mkdir(join(cwd, "o"));
  const cid = await cidOf(BYTES);
  const says = {
    [`get ${cid} -o o`]: /Cannot save the artifact to ".*\/o": it is a folder/,
    "put /proc/self/status":
      /Cannot attach "\/proc\/self\/status": it is a file of the system's own\n/,
    "put /dev/null": /Cannot attach "\/dev\/null": it is no regular file\n/,
  };
  for (const [line, said] of Object.entries(says)) {
    const { stderr } = await theory(["artifacts", ...line.split(" ")], { cwd });
    assert.match(stderr, said);
  }
});

Deno.test("artifacts verify names damaged bytes, which get never hands out whole", async () => {
  await using folder = await folderWithFile();
  const { dir: cwd } = folder;
  const cid = await cidOf(BYTES);
  await artifacts(cwd, "put", "a b.bin", "--at", "/artifacts/mine");
  assert.deepEqual(await artifacts(cwd, "verify"), {
    status: "success",
    checked: 1,
    bytes: BYTES.length,
    damaged: [],
  });
  await damage(cwd, cid);
  const got = await theory(["artifacts", "get", cid, "-o", "copy.bin"], {
    cwd,
  });
  assert.equal(got.code, 9);
  assert.match(got.stderr, /ERR_STORE/);
  const names = [...Deno.readDirSync(cwd)].map(({ name }) => name).sort();
  assert.deepEqual(names, [".theory", "a b.bin"]);
  const found = await theory(["artifacts", "verify"], { cwd });
  assert.equal(found.code, 9);
  assert.ok(found.stderr.includes(`damaged ${cid}\n  /artifacts/mine\n`));
  const moved = await theory(["artifacts", "verify", "--quarantine"], { cwd });
  assert.equal(moved.code, 9);
  assert.match(moved.stderr, /moved to .*\.theory\/artifacts\/damaged\//);
  const missing = await theory(["artifacts", "verify"], { cwd });
  assert.ok(missing.stderr.includes(`missing ${cid}`));
  await artifacts(cwd, "put", "a b.bin");
  assert.equal((await artifacts(cwd, "verify")).checked, 1);
});

Deno.test("artifacts put and attaching mend damaged bytes", async () => {
  await using folder = await folderWithFile();
  const { dir: cwd } = folder;
  const cid = await cidOf(BYTES);
  const params = { messages: [{ role: "user", content: [{ $attach: "x" }] }] };
  const run = [
    ...["localctl", "run", "--ref", "llm/litellm@1", "--mode", "smoke"],
    ...["--inputs-json", JSON.stringify({ schema: "v1", params })],
    ...["--attach", "x=a b.bin"],
  ];
  for (const args of [["artifacts", "put", "a b.bin"], run]) {
    const before = await theory(args, { cwd });
    assert.equal(before.code, 0, before.stderr);
    await damage(cwd, cid);
    const { code, stderr } = await theory(args, { cwd });
    assert.equal(code, 0, stderr);
    assert.deepEqual((await artifacts(cwd, "verify")).damaged, []);
  }
});

Deno.test("artifacts gc leaves what a recorded run names, and what put keeps", async () => {
  await using folder = await folderWithFile();
  const { dir: cwd } = folder;
  await artifacts(cwd, "put", "a b.bin", "--at", "/artifacts/mine");
  const ran = await theory(
    ["localctl", "run", "--ref", "llm/litellm@1", "--inputs-json", HELLO],
    { cwd },
  );
  assert.equal(ran.code, 0, ran.stderr);
  const { outputs = [] } = envelopeOf(ran);
  const collect = (...more: readonly string[]) =>
    artifacts(cwd, "gc", "--older-than", "0", ...more);
  assert.deepEqual((await collect()).removed, []);
  for (const { path } of outputs) {
    const got = await theory(["artifacts", "get", path], { cwd });
    assert.equal(got.code, 0, got.stderr);
  }
  const forgotten = await theory(["runs", "gc", "--keep", "0"], { cwd });
  assert.equal(forgotten.code, 0, forgotten.stderr);
  const planned = await collect("--dry-run");
  const { removed, paths, left } = await collect();
  assert.deepEqual(planned.removed, removed);
  assert.ok(removed.length >= outputs.length);
  for (const { path } of outputs) assert.ok(paths.includes(path));
  assert.deepEqual(left, { count: 1, size_bytes: BYTES.length });
  assert.equal(
    (await collect("--forget", "/artifacts/mine")).removed.length,
    1,
  );
});
