import assert from "node:assert/strict";
import fc from "fast-check";
import { CORE_SCHEMA, dump } from "js-yaml";
import { applyEdits, type Json, type Language } from "../../schemas/mod.ts";
import type { CheckContext, Diagnostic, Fix } from "../../schemas/mod.ts";
import { check } from "../../schemas/checker.ts";
import { readEntries } from "../schemas/golden.ts";
import { inputs, json, spoilt } from "./documents.ts";
import { SETTINGS } from "./settings.ts";

const ENTRIES = readEntries();

const document = fc.oneof(inputs, json);
const source = fc.oneof(
  fc.record({
    text: document.map((value) => JSON.stringify(value, null, 2)),
    language: fc.constantFrom<Language>("json", "jsonc", "yaml"),
  }),
  fc.record({
    text: spoilt(document.map((value) => dump(value, { schema: CORE_SCHEMA }))),
    language: fc.constant<Language>("yaml"),
  }),
  fc.record({
    text: spoilt(document.map((value) => JSON.stringify(value))),
    language: fc.constantFrom<Language>("json", "jsonc"),
  }),
).map(({ text, language }) => ({
  name: `a.${language}`,
  // As `decodeSource` does.
  text: text.replace(/^\ufeff/, ""),
  language,
}));

const context = fc.record({
  ref: fc.option(fc.constantFrom("test/chat@1", "llm/litellm@1"), {
    nil: undefined,
  }),
  complete: fc.boolean(),
  attached: fc.boolean(),
}).map(({ ref, complete, attached }): CheckContext => ({
  registry: {
    entry: (ref) => ENTRIES.get(ref),
    refs: [...ENTRIES.keys()],
  },
  ...(ref === undefined ? {} : { ref }),
  attachments: new Map(attached ? [["image", "a.png"]] : []),
  attachmentsComplete: complete,
  probe: (path) => ({ kind: path === "a.png" ? "file" : "missing", size: 1 }),
}));

Deno.test("check() answers for any text, the same every time, in order of position", () => {
  fc.assert(
    fc.property(source, context, (source, context) => {
      const { diagnostics } = check(source, context);
      assert.deepEqual(check(source, context).diagnostics, diagnostics);
      const starts = diagnostics.map(({ span }) => span.start);
      assert.deepEqual(starts, starts.toSorted((a, b) => a - b));
      for (const { span, fixes = [] } of diagnostics) {
        assert.ok(0 <= span.start && span.end <= source.text.length);
        fixes.forEach((fix) => applicable(fix, source.text));
      }
    }),
    SETTINGS,
  );
});

Deno.test("check() offers fixes that leave less to find, not more", () => {
  fc.assert(
    fc.property(source, context, (source, context) => {
      const { diagnostics, tree } = check(source, context);
      if (!tree.complete || tree.problems.length > 0) return;
      for (const diagnostic of diagnostics) {
        for (const { title, edits } of diagnostic.fixes ?? []) {
          const text = applyEdits(source.text, edits);
          const after = check({ ...source, text }, context);
          assert.ok(
            after.tree.complete,
            `"${title}" broke the text:\n${source.text}\n→\n${text}`,
          );
          assert.ok(
            count(after.diagnostics, diagnostic) <
              count(diagnostics, diagnostic),
            `"${title}" left ${diagnostic.code} at ${diagnostic.pointer}:\n${source.text}\n→\n${text}`,
          );
        }
      }
    }),
    SETTINGS,
  );
});

/** Names of which none is easily taken for another one. */
const NAMES = ["photo", "speech", "x1"];
const FILES = ["a.png", "gone.png"];

Deno.test("check() finds attachments that are unknown, unused or missing", () => {
  const declared = fc.subarray(NAMES).chain((names) =>
    fc.record(
      Object.fromEntries(
        names.map((name) => [name, fc.constantFrom(...FILES)]),
      ),
    )
  );
  fc.assert(
    fc.property(declared, fc.subarray(NAMES), (declared, used) => {
      const params = { uses: used.map((name) => ({ $attach: name })) };
      const document = { schema: "v1", $attachments: declared, params };
      const codes = found(document)
        .filter((code) => code.includes("_ATTACH_"));
      const expected = NAMES.flatMap((name) => {
        const path = declared[name];
        if (!used.includes(name)) {
          return path === undefined ? [] : ["WARN_ATTACH_UNUSED"];
        }
        if (path === undefined) return ["ERR_ATTACH_UNKNOWN"];
        return path === "a.png" ? [] : ["ERR_ATTACH_MISSING"];
      });
      assert.deepEqual(codes.toSorted(), expected.toSorted());
    }),
    SETTINGS,
  );
});

Deno.test("check() takes no other version than v1", () => {
  fc.assert(
    fc.property(fc.oneof(json, fc.constant("v1")), (schema) => {
      const codes = found({ schema, params: {} });
      assert.equal(codes.includes("ERR_SCHEMA_VERSION"), schema !== "v1");
    }),
    SETTINGS,
  );
});

/** The codes of what is wrong with a document beside which there is one file. */
function found(document: Json): readonly string[] {
  const text = JSON.stringify(document);
  return check({ name: "a.json", text, language: "json" }, {
    registry: { entry: (ref) => ENTRIES.get(ref), refs: [...ENTRIES.keys()] },
    attachments: new Map(),
    attachmentsComplete: true,
    probe: (path) => ({ kind: path === "a.png" ? "file" : "missing", size: 1 }),
  }).diagnostics.map(({ code }) => code);
}

/** Findings that say the same of the same place. */
function count(
  diagnostics: readonly Diagnostic[],
  { code, pointer, message }: Diagnostic,
): number {
  return diagnostics.filter((each) =>
    each.code === code && each.pointer === pointer && each.message === message
  ).length;
}

function applicable({ title, edits }: Fix, text: string): void {
  const spans = edits.map(({ span }) => span)
    .toSorted((a, b) => a.start - b.start);
  for (const [i, { start, end }] of spans.entries()) {
    const next = spans[i + 1]?.start ?? text.length;
    assert.ok(0 <= start && start <= end && end <= next, title);
  }
}
