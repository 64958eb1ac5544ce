import assert from "node:assert/strict";
import { named } from "../../cli/program.ts";
import { runSummary } from "../../cli/run_summary.ts";
import type { Envelope, OutputRecord } from "../../schemas/mod.ts";

/** Outputs as an envelope has them; their paths and cids are taken as they are. */
function success(
  outputs: readonly (readonly [path: string, size: number, mime: string])[],
): Envelope {
  const records: unknown = outputs.map(([path, size_bytes, mime]) => ({
    path,
    cid: "b3:00",
    size_bytes,
    mime,
  }));
  const envelope: unknown = {
    status: "success",
    execution_id: "E1",
    outputs: records as OutputRecord[],
    index_path: "/artifacts/execution/E1/outputs.json",
    meta: {},
  };
  return envelope as Envelope;
}

const command = (path: readonly string[]) => named("theoryctl", path);

const TWO = success([
  ["/artifacts/outputs/E1/metadata.json", 179, "application/json"],
  ["/artifacts/outputs/E1/film.mp4", 5_500_000, "video/mp4"],
]);

Deno.test("runSummary() lists outputs with sizes and says how to get them", () => {
  assert.equal(
    runSummary(TWO, { durationMs: 1240, command }),
    `success in 1.2 s: 2 outputs, 5.2 MiB
    179 B  application/json  /artifacts/outputs/E1/metadata.json
  5.2 MiB  video/mp4         /artifacts/outputs/E1/film.mp4
Show one: theoryctl artifacts get /artifacts/outputs/E1/metadata.json
Save all of a run: --save-dir DIR
`,
  );
});

Deno.test("runSummary() names the files that outputs were saved as", () => {
  const text = runSummary(TWO, {
    durationMs: 1240,
    command,
    saved: ["/w/a", "/w/b"],
  });
  assert.match(text, /application\/json {2}\/w\/a\n.*video\/mp4 +\/w\/b\n/);
  assert.match(text, /\nSaved 2 files\n$/);
});

Deno.test("runSummary() shows the output that people can read", () => {
  const envelope = success([
    ["/artifacts/a.bin", 1, "application/octet-stream"],
    ["/artifacts/b.txt", 1, "text/plain"],
  ]);
  const text = runSummary(envelope, { durationMs: 0, command });
  assert.match(
    text,
    /^Show one: theoryctl artifacts get \/artifacts\/b\.txt$/m,
  );
});

Deno.test("runSummary() counts outputs that are too many to list", () => {
  const many = success(
    Array.from({ length: 30 }, (_, i) => [`/artifacts/${i}`, 1, "text/plain"]),
  );
  const lines = runSummary(many, { durationMs: 0, command }).split(
    "\n",
  );
  assert.equal(lines[0], "success in 0.0 s: 30 outputs, 30 B");
  assert.equal(lines[13], "  and 18 more");
});

function failed(code: string): Envelope {
  return {
    status: "error",
    execution_id: "E1",
    error: { code, message: "Too late" },
    meta: { env_fingerprint: "" },
  };
}

Deno.test("runSummary() of an error says where its code is explained", () => {
  assert.equal(
    runSummary(failed("ERR_TIMEOUT"), { durationMs: 600_000, command }),
    "error in 10 min\nWhat it means: theoryctl explain ERR_TIMEOUT\n",
  );
});

Deno.test("runSummary() does not send to explain for a code of the processor's own", () => {
  assert.equal(
    runSummary(failed("ERR_OF_ITS_OWN"), { durationMs: 0, command }),
    "error in 0.0 s\n",
  );
});
