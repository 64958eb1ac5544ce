import assert from "node:assert/strict";
import fc from "fast-check";
import { applyEdits, type Diagnostic } from "../../schemas/mod.ts";
import { fixAllEdits, unasked } from "../../schemas/checker.ts";
import { type FixCase, fixCases, type Judged } from "../schemas/fix_cases.ts";
import { SETTINGS } from "./settings.ts";

const CASES = fixCases().filter(({ source }) => source.text.length < 3000);

/** What people type too much of, too little of, and in the wrong place. */
const BITS = fc.constantFrom(
  ...['"', "'", ",", ":", "{", "}", "[", "]", "\n", "\r\n", " ", "\t", "- "],
  ...["# x\n", "// y\n", "/* z */", "&a ", "*a", "!!str ", "1", "true", "|"],
  ...["@", "%", "é😀", "\\", "\ud800", "\u2028"],
);

const slip = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  gone: fc.integer({ min: 0, max: 3 }),
  text: fc.option(BITS, { nil: "" }),
});

/** A document of the corpus after a few slips of the keyboard. */
const slipped = fc.record({
  of: fc.constantFrom(...CASES),
  slips: fc.array(slip, { minLength: 1, maxLength: 4 }),
}).map(({ of, slips }) => {
  const text = slips.reduce((text, { at, gone, text: more }) => {
    const start = Math.floor(at * text.length);
    return text.slice(0, start) + more + text.slice(start + gone);
  }, of.source.text);
  return { of, text };
});

Deno.test("fixes of documents with slips mend without breaking, and fixing all ends", () => {
  fc.assert(
    fc.property(slipped, ({ of, text }) => {
      const before = of.judge(text);
      for (const { fixes = [] } of before.diagnostics) {
        for (const { title, edits, choice } of fixes) {
          const after = of.judge(applyEdits(text, edits));
          const sure = choice !== true || before.tree.complete;
          assert.ok(!sure || mistakes(after) <= mistakes(before), title);
          assert.ok(!before.tree.complete || after.tree.complete, title);
        }
      }
      assert.deepEqual(left(of, text, before.diagnostics), []);
    }),
    SETTINGS,
  );
});

/** Findings that could still be mended unasked after all have been. */
function left(
  { judge }: FixCase,
  text: string,
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] {
  const again = (text: string) => judge(text).diagnostics;
  const edits = fixAllEdits({ source: { text }, diagnostics }, again);
  return again(applyEdits(text, edits)).filter(unasked);
}

function mistakes({ diagnostics }: Judged): number {
  return diagnostics.filter(({ code }) => code === "ERR_SYNTAX").length;
}
