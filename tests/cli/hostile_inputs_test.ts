import assert from "node:assert/strict";
import { join } from "node:path";
import {
  envelopeOf,
  HELLO,
  type Printed,
  theory,
  workFolder,
} from "./theory.ts";

const RUN = ["localctl", "run", "--ref", "llm/litellm@1"];

/** Ends with this code, one error envelope, and no stack trace. */
function refused(printed: Printed, exit: number, code: string): void {
  assert.equal(printed.code, exit, printed.stderr);
  assert.equal(envelopeOf(printed).status, "error");
  assert.match(`${printed.stdout}${printed.stderr}`, new RegExp(code));
  assert.doesNotMatch(printed.stderr, /^\s+at .*:\d+:\d+\)?$/m);
}

/** From standard input. */
function piped(stdin: string | Uint8Array, cwd: string): Promise<Printed> {
  return theory([...RUN, "--inputs", "-"], { stdin, cwd });
}

Deno.test("localctl run refuses empty standard input", async () => {
  await using folder = await workFolder();
  refused(await piped("", folder.dir), 3, "ERR_DOCUMENT_EMPTY");
  refused(await piped(" \n\t", folder.dir), 3, "ERR_DOCUMENT_EMPTY");
});

Deno.test("localctl run refuses two sources, none, and one that is not standard input", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  refused(
    await theory([...RUN, "--inputs-json", HELLO, "--inputs", "-"], { cwd }),
    2,
    "ERR_INPUTS_SOURCE",
  );
  refused(await theory(RUN, { cwd }), 2, "ERR_INPUTS_SOURCE");
  refused(
    await theory([...RUN, "--inputs", "file.json"], { cwd }),
    2,
    "ERR_USAGE",
  );
  refused(
    await theory([...RUN, "--inputs-file", "missing.json"], { cwd }),
    3,
    "ERR_DOCUMENT_UNREADABLE",
  );
  refused(
    await theory([...RUN, "--inputs-file", "."], { cwd }),
    3,
    "ERR_DOCUMENT_UNREADABLE",
  );
});

Deno.test("localctl run names the place of invalid UTF-8", async () => {
  await using folder = await workFolder();
  const bytes = new Uint8Array([
    ...new TextEncoder().encode('{\n "a": "'),
    0xff,
    0x22,
    0x7d,
  ]);
  const printed = await piped(bytes, folder.dir);
  refused(printed, 3, "ERR_DOCUMENT_ENCODING");
  assert.match(printed.stderr, /<stdin>:2:8/);
});

Deno.test("localctl run reads past a byte order mark and says so", async () => {
  await using folder = await workFolder();
  const printed = await piped(`\ufeff${HELLO}`, folder.dir);
  assert.equal(printed.code, 0, printed.stderr);
  assert.match(printed.stderr, /<stdin>:1:1: warning WARN_BOM/);
});

Deno.test("localctl run refuses a 50 MB document", async () => {
  await using folder = await workFolder();
  const big = `{"schema":"v1","params":{"messages":"${
    "x".repeat(50_000_000)
  }"}}`;
  refused(await piped(big, folder.dir), 3, "ERR_DOCUMENT_TOO_LARGE");
  await Deno.writeTextFile(join(folder.dir, "big.json"), big);
  const file = await theory([...RUN, "--inputs-file", "big.json"], {
    cwd: folder.dir,
  });
  refused(file, 3, "ERR_DOCUMENT_TOO_LARGE");
});

Deno.test("localctl run refuses 5,000-deep nesting in JSON and YAML", async () => {
  await using folder = await workFolder();
  const [open, close] = ["[".repeat(5000), "]".repeat(5000)];
  refused(
    await piped(`{"schema":"v1","params":${open}${close}}`, folder.dir),
    3,
    "ERR_DEPTH",
  );
  refused(
    await piped(`schema: v1\nparams: ${open}${close}\n`, folder.dir),
    3,
    "ERR_DEPTH",
  );
});

Deno.test("localctl run refuses an alias bomb", async () => {
  await using folder = await workFolder();
  const levels = Array.from(
    { length: 12 },
    (_, i) =>
      `l${i}: &l${i} [${
        i === 0 ? "x" : Array(10).fill(`*l${i - 1}`).join(", ")
      }]`,
  );
  refused(
    await piped(`schema: v1\nparams: {}\n${levels.join("\n")}\n`, folder.dir),
    3,
    "ERR_ALIAS_EXPANSION",
  );
});
