import assert from "node:assert/strict";
import {
  applyEdits,
  CATALOGUE,
  type Diagnostic,
  type Fix,
  hasErrors,
} from "../../schemas/mod.ts";
import { fixAllEdits, secretsIn, unasked } from "../../schemas/checker.ts";
import { FIXES } from "../../schemas/catalogue/fixes.ts";
import { type FixCase, fixCases, type Judged } from "./fix_cases.ts";
import { fixReport } from "./fix_report.ts";

const CASES = fixCases();
const APPLIED = [...applied()];

for (const each of CASES.filter(isReported)) {
  Deno.test(`check() offers fixes for ${each.source.name}`, () => {
    assert.equal(fixReport(each), Deno.readTextFileSync(each.outFile));
  });
}

Deno.test("each fix of the corpus removes its finding", () => {
  let fixes = 0;
  for (const { finding, before, after, name } of APPLIED) {
    const told = saidIn(before);
    const same = told(finding);
    const left = after.diagnostics.map(saidIn(after));
    const { length } = left.filter((each) => each === same);
    const all = before.diagnostics.map(told);
    assert.ok(length < all.filter((each) => each === same).length, name);
    fixes++;
  }
  assert.ok(fixes > 600, `${fixes} fixes`);
});

Deno.test("a fix that is applied unasked adds no error, unless it lets more be seen", () => {
  for (const { finding, fix, before, after, name } of APPLIED) {
    const syntax = (judged: Judged) =>
      judged.diagnostics.filter(isSyntax).length;
    // YAML is read up to its first mistake, behind which is the next.
    assert.ok(syntax(after) <= syntax(before), name);
    if (!before.tree.complete || fix.choice === true) continue;
    if (letsSee(finding, fix)) continue;
    const added = addedErrors(before, after).map(({ message }) => message);
    assert.deepEqual(added, [], name);
  }
});

Deno.test("a fix changes nothing but its edits: comments and line ends stay", () => {
  for (const { fix, before, after, text, name } of APPLIED) {
    if (before.tree.source.text.includes("\r\n")) {
      assert.doesNotMatch(text, /(?<!\r)\n/, name);
    }
    const inEdits = (at: number) =>
      fix.edits.some(({ span }) => span.start <= at && at < span.end);
    const kept = before.tree.comments
      .filter(({ span }) => fix.choice !== true || !inEdits(span.start))
      .filter(({ text }) => fix.title !== "Remove the comment" && text !== "");
    const left = after.tree.comments.map(({ text }) => text);
    for (const { text } of kept) {
      const isThere = left.includes(text) || text.startsWith("processor:");
      assert.ok(isThere, `${name}: ${text}`);
    }
  }
});

Deno.test("fixing all of a document ends, and leaves nothing that can be fixed unasked", () => {
  for (const { source, judge } of CASES) {
    const { diagnostics } = judge(source.text);
    const again = (text: string) => judge(text).diagnostics;
    const edits = fixAllEdits({ source, diagnostics }, again);
    const text = applyEdits(source.text, edits);
    const left = again(text);
    assert.deepEqual(left.filter(unasked).map(({ code }) => code), []);
    assert.deepEqual(
      fixAllEdits({ source: { text }, diagnostics: left }, again),
      [],
    );
    assert.ok(hasErrors(diagnostics) || !hasErrors(left), source.name);
  }
});

Deno.test("titles of fixes are orders of one grammar, and show no secret", () => {
  for (const { fix: { title }, name } of APPLIED) {
    assert.match(title, /^(?:Write|Add|Remove|Wrap|Declare) \S/, name);
    assert.doesNotMatch(title, /[.\n]$/, name);
    assert.deepEqual(secretsIn(title), [], name);
  }
});

Deno.test("a fix of a secret neither shows nor leaves it", () => {
  const secrets = APPLIED.filter(({ finding }) =>
    finding.code === "WARN_SECRET_VALUE"
  );
  assert.ok(secrets.length > 10);
  for (const { fix, name } of secrets) {
    for (const { text } of fix.edits) {
      assert.deepEqual(secretsIn(text), [], name);
    }
  }
});

Deno.test("FIXES says of every code of the corpus whether findings have fixes", () => {
  const seen = new Map<string, Set<"fix" | "none">>();
  for (const { source, judge } of CASES) {
    for (const { code, fixes = [] } of judge(source.text).diagnostics) {
      const kinds = seen.get(code) ?? new Set();
      seen.set(code, kinds.add(fixes.length > 0 ? "fix" : "none"));
    }
  }
  for (const [code, kinds] of seen) {
    const { fix, none } = FIXES[code] ?? {};
    assert.equal(kinds.has("fix"), fix !== undefined, `${code} has a fix`);
    if (kinds.has("none")) assert.ok(none, `${code} has none, and why`);
  }
  for (const code of Object.keys(FIXES)) {
    assert.ok(seen.has(code) || ELSEWHERE.includes(code), code);
    assert.ok(code in CATALOGUE, code);
  }
});

/** Codes of bytes, of lengths and of folders, which the corpus of texts has none of. */
const ELSEWHERE = [
  "ERR_DOCUMENT_ENCODING",
  "ERR_DOCUMENT_TOO_LARGE",
  "ERR_PATH_TOO_LONG",
  "ERR_REGISTRY_ROOT",
  "ERR_SEGMENT_TOO_LONG",
  "WARN_BOM",
];

/** What a finding says, and of which text. */
function saidIn(
  { tree: { source } }: Judged,
): (finding: Diagnostic) => string {
  return ({ code, message, span }) =>
    `${code} ${message} ${source.text.slice(span.start, span.end)}`;
}

interface Applied {
  readonly finding: Diagnostic;
  readonly fix: Fix;
  readonly before: Judged;
  readonly after: Judged;
  readonly text: string;
  /** What to say where it goes wrong. */
  readonly name: string;
}

/** Every fix of every finding of every document, applied. */
function* applied(): Generator<Applied> {
  for (const { source, judge } of CASES) {
    const before = judge(source.text);
    for (const finding of before.diagnostics) {
      for (const fix of finding.fixes ?? []) {
        const text = applyEdits(source.text, fix.edits);
        const after = judge(text);
        const name = `${source.name}: ${finding.code}: ${fix.title}\n${text}`;
        yield { finding, fix, before, after, text, name };
      }
    }
  }
}

/** Whether a fix makes the checker apply more rules than before: those of a processor, a key, or the items of a list. */
function letsSee({ code }: Diagnostic, { title }: Fix): boolean {
  return code.startsWith("ERR_REF_") || title.endsWith("a list") ||
    (code === "ERR_KEY_UNKNOWN" && title.startsWith("Write"));
}

function addedErrors(before: Judged, after: Judged): readonly Diagnostic[] {
  const errors = ({ diagnostics }: Judged) =>
    diagnostics.filter(({ severity }) => severity === "error");
  const left = errors(before).map(({ code, message }) => `${code} ${message}`);
  return errors(after).filter(({ code, message }) => {
    const at = left.indexOf(`${code} ${message}`);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function isSyntax({ code }: Diagnostic): boolean {
  return code === "ERR_SYNTAX";
}

function isReported(
  each: FixCase,
): each is FixCase & { readonly outFile: URL } {
  return each.outFile?.pathname.includes("/testdata/fixes/") === true;
}
