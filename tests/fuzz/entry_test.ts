import assert from "node:assert/strict";
import fc from "fast-check";
import { CORE_SCHEMA, dump, load } from "js-yaml";
import {
  Failure,
  hasErrors,
  type Json,
  type JsonObject,
} from "../../schemas/mod.ts";
import { check, checkEntry, exampleFor } from "../../schemas/checker.ts";
import { json, spoilt, text } from "./documents.ts";
import { SETTINGS } from "./settings.ts";

const FILES = ["llm/litellm/1", "replicate/generic/1"].map((place) =>
  Deno.readTextFileSync(
    new URL(`../../registry/${place}/registry.yaml`, import.meta.url),
  )
);

/** Parts of entries, right and wrong, in the shipped ones or on their own. */
const part = fc.record({
  ref: fc.oneof(fc.constant("demo/echo@1"), text),
  image: json,
  runtime: fc.oneof(
    json,
    fc.record({ cpu: json, memory_gb: json, timeout_s: json, gpu: json }),
  ),
  secrets: fc.oneof(json, fc.record({ required: json, optional: json })),
  inputs: json,
  outputs: json,
  api: json,
  network: fc.oneof(json, fc.record({ allow: json })),
  handler: json,
}, { requiredKeys: [], noNullPrototype: true });

const entryText = fc.oneof(
  spoilt(fc.constantFrom(...FILES)),
  fc.tuple(fc.constantFrom(...FILES), part).map(([file, part]) =>
    dump({ ...load(file) as JsonObject, ...part }, { schema: CORE_SCHEMA })
  ),
  json.map((value) => dump(value, { schema: CORE_SCHEMA })),
);

Deno.test("checkEntry() answers for any document, with an entry or a reason", () => {
  fc.assert(
    fc.property(entryText, (text) => {
      const { diagnostics, entry } = entryOf(text);
      assert.ok(entry !== undefined || hasErrors(diagnostics));
      assert.deepEqual(entryOf(text).diagnostics, diagnostics);
      for (const { span } of diagnostics) {
        assert.ok(0 <= span.start && span.end <= text.length);
      }
    }),
    SETTINGS,
  );
});

/** Deep equality looks at prototypes, too. */
const PLAIN = { noNullPrototype: true } as const;
const names = fc.uniqueArray(fc.stringMatching(/^[A-Z][A-Z_]{0,5}$/));

/** What an entry may say, right as it is. */
const right = fc.record({
  ref: fc.constantFrom("demo/echo@1", "a/b_c-d@20"),
  title: fc.string(),
  enabled: fc.boolean(),
  secrets: fc.record({ required: names, optional: names }, PLAIN),
  runtime: fc.record({
    cpu: fc.constantFrom(0.5, 1, 8),
    memory_gb: fc.constantFrom(0.25, 4),
    timeout_s: fc.integer({ min: 1, max: 9999 }),
  }, PLAIN),
  api: fc.record({
    protocol: fc.constantFrom("ws", "http"),
    path: fc.constantFrom("/run", "/other"),
  }, PLAIN),
  network: fc.record({
    allow: fc.subarray(["example.com", "*.example.com:8443", "$BASE_URL"]),
  }, PLAIN),
}, { requiredKeys: ["ref"], ...PLAIN });

Deno.test("checkEntry() keeps what an entry says, and fills in the rest", () => {
  fc.assert(
    fc.property(right, (said) => {
      const { entry } = entryOf(dump({ ...said, inputs: {} }));
      assert.ok(entry);
      const { ref, enabled, title, runtime, secrets, api, network } = entry;
      assert.deepEqual({ ref, enabled, title, secrets, network }, {
        ref: said.ref,
        enabled: said.enabled ?? true,
        title: said.title,
        secrets: said.secrets ?? { required: [], optional: [] },
        network: said.network ?? { allow: [] },
      });
      const { cpu = 1, memory_gb = 2, timeout_s = 600 } = said.runtime ?? {};
      assert.deepEqual(runtime, {
        ...{ cpu, memoryGb: memory_gb, timeoutS: timeout_s, gpu: null },
      });
      assert.deepEqual(api, {
        ...{ protocol: "ws", path: "/run", healthz: "/healthz" },
        ...said.api,
      });
    }),
    SETTINGS,
  );
});

/** Schemas of inputs as people write them, most of which can be fulfilled. */
const schema: fc.Arbitrary<Json> = fc.letrec<{ schema: JsonObject }>((tie) => {
  const record = (
    model: Readonly<Record<string, fc.Arbitrary<Json>>>,
    type: string,
  ): fc.Arbitrary<JsonObject> =>
    fc.record(model, { requiredKeys: [], noNullPrototype: true })
      .map((rest) => ({ type, ...rest }));
  const small = fc.nat({ max: 4 });
  return {
    schema: fc.oneof(
      { maxDepth: 3 },
      record({
        minLength: small,
        maxLength: fc.integer({ min: 4, max: 9 }),
        pattern: fc.constantFrom("^[a-z]+$", "^\\d{4}-\\d\\d$", "x", "^$"),
        enum: fc.array(text, { minLength: 1, maxLength: 3 }),
        default: text,
      }, "string"),
      record({
        minimum: fc.integer({ min: -5, max: 5 }),
        exclusiveMaximum: fc.integer({ min: 4, max: 50 }),
        multipleOf: fc.constantFrom(1, 2, 3),
      }, "integer"),
      fc.constantFrom({ type: "boolean" }, { type: "null" }, { const: "x" }),
      record(
        { items: tie("schema"), minItems: small, uniqueItems: fc.boolean() },
        "array",
      ),
      fc.uniqueArray(fc.constantFrom("a", "b", "c", "messages"))
        .chain((names) =>
          record({
            properties: fc.record(
              Object.fromEntries(names.map((name) => [name, tie("schema")])),
              { noNullPrototype: true },
            ),
            required: fc.subarray(names),
            additionalProperties: fc.boolean(),
          }, "object")
        ),
      fc.array(tie("schema"), { minLength: 1, maxLength: 3 })
        .map((oneOf): JsonObject => ({ oneOf })),
      fc.array(tie("schema"), { minLength: 1, maxLength: 3 })
        .map((anyOf): JsonObject => ({ anyOf })),
    ),
  };
}).schema;

Deno.test("exampleFor() makes a document that check() passes, or says that it cannot", () => {
  fc.assert(
    fc.property(schema, (params) => {
      const [file = ""] = FILES;
      const inputs = {
        type: "object",
        required: ["schema", "params"],
        properties: { schema: { const: "v1" }, params },
      };
      const shipped = load(file) as JsonObject;
      const { entry } = entryOf(dump({ ...shipped, inputs }));
      if (entry === undefined) return;
      const text = exampleText(() => exampleFor(entry));
      if (text === undefined) return;
      const { diagnostics } = check({ name: "a", text, language: "json" }, {
        registry: { entry: () => entry, refs: [] },
        attachments: new Map(),
        attachmentsComplete: true,
        probe: () => ({ kind: "missing" }),
      });
      assert.ok(!hasErrors(diagnostics), `${text}\n${diagnostics[0]?.message}`);
    }),
    SETTINGS,
  );
});

function exampleText(make: () => Json): string | undefined {
  try {
    return JSON.stringify(make(), null, 2);
  } catch (error) {
    assert.ok(error instanceof Failure && error.code === "ERR_ENTRY_EXAMPLE");
    return undefined;
  }
}

function entryOf(text: string) {
  return checkEntry({ name: "registry.yaml", text, language: "yaml" }, {
    fileExists: () => true,
  });
}
