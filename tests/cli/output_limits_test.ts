import assert from "node:assert/strict";
import { join } from "node:path";
import { envelopeOf, theory, workFolder } from "./theory.ts";

/** Writes for half a minute or as long as it is let, at most 200 MB. */
const FLOOD = `
export async function handle(run) {
  let written = 0;
  const flood = new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 150));
      if (written++ === 200) return controller.close();
      controller.enqueue(new Uint8Array(1 << 20).fill(7));
    },
  });
  await run.write("text/response.txt", flood);
}
`;

/** Writes a megabyte every five milliseconds for as long as it is let, at most 1.5 GB, and says how much; heeds nothing. */
const HEEDLESS = (pause: string) => `
export async function handle(run) {
  let folder;
  const make = Deno.mkdirSync;
  Deno.mkdirSync = (path, options) => { folder ??= path; return make(path, options); };
  await run.write("text/response.txt", "x");
  using file = Deno.openSync(folder + "/large.bin", { create: true, write: true });
  for (let written = 1; written <= 1500; written++) {
    file.writeSync(new Uint8Array(1 << 20).fill(7));
    run.log("written", { written });
    ${pause}
  }
}
`;
const HEEDLESS_HANDLERS = {
  "gives way": HEEDLESS(
    "await new Promise((resolve) => setTimeout(resolve, 5));",
  ),
  "never gives way": HEEDLESS(
    "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);",
  ),
};

/** Writes two megabytes of nothing in one file. */
const LARGE = `
export async function handle(run) {
  await run.write("text/response.txt", new Uint8Array(2 << 20));
  await run.write("metadata.json", "{}");
}
`;

/** A processor with a handler and limits of its own; answers the line that runs it. */
async function processor(
  cwd: string,
  { handler, limits }: { readonly handler: string; readonly limits: string },
): Promise<readonly string[]> {
  const made = await theory(["registry", "new", "demo/large@1"], { cwd });
  assert.equal(made.code, 0, made.stderr);
  const folder = join(cwd, "registry/demo/large/1");
  await Deno.writeTextFile(join(folder, "handler.ts"), handler);
  const entry = join(folder, "registry.yaml");
  const text = await Deno.readTextFile(entry);
  const limited = text.replace(
    "  timeout_s: 600\n",
    `  timeout_s: 600\n${limits}`,
  );
  await Deno.writeTextFile(entry, limited);
  return [
    ...["localctl", "run", "--registry", "registry", "--ref", "demo/large@1"],
    ...["--inputs-json", '{"schema":"v1","params":{"name":"x"}}'],
  ];
}

Deno.test("localctl run ends a run that writes more than its entry allows", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const line = await processor(cwd, {
    handler: FLOOD,
    limits: "  max_output_gb: 0.01\n",
  });
  const printed = await theory(line, { cwd });
  assert.equal(printed.code, 1, printed.stderr);
  assert.deepEqual(envelopeOf(printed).error, {
    code: "ERR_OUTPUT_TOO_LARGE",
    message: "Cannot collect outputs: they are more than 10737418 bytes",
  });
  const { stdout } = await theory(["artifacts", "list", "/artifacts/outputs"], {
    cwd,
  });
  assert.equal(stdout, "");
});

Deno.test("localctl run ends such a run on an instance while it goes on, whatever its write prefix", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const [, , ...which] = await processor(cwd, {
    handler: FLOOD,
    limits: "  max_output_gb: 0.01\n",
  });
  const started = await theory(["localctl", "start", ...which.slice(0, 4)], {
    cwd,
  });
  assert.equal(started.code, 0, started.stderr);
  const flat = ["--write-prefix", "/artifacts/outputs/", "--execution-id", "E"];
  const printed = await theory(["localctl", "run", ...which, ...flat], { cwd });
  assert.equal(printed.code, 1, printed.stderr);
  assert.equal(envelopeOf(printed).error?.code, "ERR_OUTPUT_TOO_LARGE");
  const shown = await theory(["runs", "show", "E", "--json"], { cwd });
  assert.equal(JSON.parse(shown.stdout).phase, "run");
  const [runs = "", ...others] = Deno.readDirSync(join(cwd, ".theory/runs"))
    .map(({ name }) => join(cwd, ".theory/runs", name));
  assert.deepEqual(others, []);
  const left = Array.from(Deno.readDirSync(runs), ({ name }) => name);
  assert.deepEqual(left.filter((name) => /^\.(at|claim)-/.test(name)), []);
});

/** Megabytes that a run said it wrote, which `max_output_gb: 0.01` ended. */
async function writtenBy(
  line: readonly string[],
  cwd: string,
): Promise<number> {
  const more = ["--stream", "--grace", "60s"];
  const printed = await theory([...line, ...more], { cwd });
  assert.equal(envelopeOf(printed).error?.code, "ERR_OUTPUT_TOO_LARGE");
  const said = [...printed.stderr.matchAll(/"?written"?[:=] ?(\d+)/g)];
  return Number(said.at(-1)?.[1]);
}

for (const [how, handler] of Object.entries(HEEDLESS_HANDLERS)) {
  Deno.test(`localctl run ends such a run at once whose handler heeds nothing and ${how}`, async () => {
    await using folder = await workFolder();
    const { dir: cwd } = folder;
    const limits = "  max_output_gb: 0.01\n";
    const line = await processor(cwd, { handler, limits });
    const alone = await writtenBy(line, cwd);
    assert.ok(alone >= 10 && alone < 500, `${alone}`);
    const start = ["localctl", "start", ...line.slice(2, 6)];
    const started = await theory(start, { cwd });
    assert.equal(started.code, 0, started.stderr);
    const onInstance = await writtenBy(line, cwd);
    assert.ok(onInstance >= 10 && onInstance < 500, `${onInstance}`);
  });
}

Deno.test("localctl run keeps to policy.max_file_mb of older entries", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const line = await processor(cwd, {
    handler: LARGE,
    limits: "\npolicy: { max_file_mb: 1 }\n",
  });
  const printed = await theory(line, { cwd });
  assert.equal(printed.code, 1, printed.stderr);
  assert.deepEqual(envelopeOf(printed).error, {
    code: "ERR_OUTPUT_TOO_LARGE",
    message:
      'Cannot collect output "text/response.txt": it has 2097152 bytes, limit 1048576',
  });
});
