import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import {
  type AttachedInputs,
  errorEnvelope,
  type Invocation,
  successEnvelope,
} from "../../adapters/mod.ts";
import { ENVELOPE_DOCUMENT } from "../../schemas/documents/envelope_document.ts";
import {
  canonicalJson,
  type EnvelopeError,
  indexJson,
  isObject,
  type Json,
  type Mode,
  type OutputRecord,
  sortOutputs,
} from "../../schemas/mod.ts";
import { entryWith, prefix } from "../adapters/entry_fixture.ts";
import { json } from "./documents.ts";
import { SETTINGS } from "./settings.ts";

/** What JSON text can carry: half surrogates are no Unicode, -0 is 0. */
const wellFormed = json.map((value): Json =>
  JSON.parse(
    JSON.stringify(value),
    (_, each) =>
      typeof each === "string"
        ? each.toWellFormed()
        : isObject(each)
        ? Object.fromEntries(
          Object.entries(each).map(([key, item]) => [key.toWellFormed(), item]),
        )
        : each,
  )
);

Deno.test("canonicalJson() is read back as the same value, on one line, with sorted keys", () => {
  fc.assert(
    fc.property(wellFormed, (value) => {
      const text = canonicalJson(value);
      assert.ok(!text.includes("\n"));
      const back = JSON.parse(text);
      assert.deepEqual(back, JSON.parse(JSON.stringify(value)));
      assert.equal(canonicalJson(back), text);
      sorted(text);
    }),
    SETTINGS,
  );
});

/** Keys in the order of the text, but for those that look like numbers, which objects put first. */
function sorted(text: string): void {
  JSON.parse(text, (_, value) => {
    if (!isObject(value)) return value;
    const keys = Object.keys(value).filter((key) => !/^\d+$/.test(key));
    assert.deepEqual(keys, keys.toSorted(byUtf16));
    return value;
  });
}

function byUtf16(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Characters whose order is another one in UTF-16. */
const name = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom("a", "\uffee", "\u{1f600}") }),
);
const record = name.map((name): OutputRecord => ({
  path: `/artifacts/outputs/${name}`,
  cid: `b3:${"0".repeat(64)}`,
  size_bytes: 1,
  mime: "text/plain",
}));

const records = fc.uniqueArray(record, { selector: ({ path }) => path });

Deno.test("sortOutputs() and indexJson() do not depend on the order they are given", () => {
  fc.assert(
    fc.property(
      records,
      (outputs) => {
        const paths = sortOutputs(outputs).map(({ path }) => path);
        // The bytes of UTF-8 have the order of code points.
        assert.deepEqual(paths, outputs.map(({ path }) => path).sort(byUtf8));
        const there = indexJson(sortOutputs(outputs));
        const back = indexJson(sortOutputs(outputs.toReversed()));
        assert.equal(there, back);
        assert.equal(JSON.parse(there).outputs.length, outputs.length);
      },
    ),
    SETTINGS,
  );
});

function byUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

interface Run {
  readonly mode: Mode;
  readonly executionId: string;
  readonly keys: readonly string[];
  readonly durationMs: number;
}

const run: fc.Arbitrary<Run> = fc.record({
  mode: fc.constantFrom<Mode>("mock", "real", "smoke"),
  executionId: name,
  keys: fc.uniqueArray(fc.stringMatching(/^[A-Z]{1,3}$/)),
  durationMs: fc.nat(),
});
const error = fc.record({ code: name, message: name, details: wellFormed }, {
  requiredKeys: ["code", "message"],
});

Deno.test("successEnvelope() and errorEnvelope() are read back as envelopes, whatever the order of what they tell", () => {
  fc.assert(
    fc.property(run, records, error, (run, outputs, error) => {
      const there = envelopesOf(run, { outputs, error });
      const back = envelopesOf(
        { ...run, keys: run.keys.toReversed() },
        { outputs: outputs.toReversed(), error },
      );
      assert.deepEqual(back, there);
      for (const text of there) {
        const envelope = JSON.parse(text);
        assert.deepEqual(ENVELOPE_DOCUMENT.parse(envelope), envelope);
        assert.equal(envelope.execution_id, run.executionId);
      }
    }),
    SETTINGS,
  );
});

/** The bytes of both envelopes that a run may end with. */
function envelopesOf(
  { mode, executionId, keys, durationMs }: Run,
  { outputs, error }: {
    readonly outputs: readonly OutputRecord[];
    readonly error: EnvelopeError;
  },
): readonly string[] {
  const inputs: unknown = { payload: {}, artifacts: [] };
  const processor = { entry: entryWith([]), dir: "/", shipped: false };
  const invocation: Invocation = {
    processorRef: "demo/echo@1",
    inputs: inputs as AttachedInputs,
    mode,
    writePrefix: prefix("/artifacts/outputs/x/"),
    executionId,
    registrySnapshot: { processors: { "demo/echo@1": processor } },
    adapterOpts: {},
    secretsPresent: keys,
  };
  const facts = {
    ...{ adapter: "local", imageDigest: "b3:what-ran" },
    ...{ durationMs, presentEnvKeys: keys },
  };
  return [
    successEnvelope(invocation, outputs, facts),
    errorEnvelope(invocation, error, facts),
  ].map(canonicalJson);
}
