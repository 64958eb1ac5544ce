import assert from "node:assert/strict";
import fc from "fast-check";
import { createScanner } from "jsonc-parser/scanner";
import { CORE_SCHEMA, dump, load } from "js-yaml";
import { hasErrors, toJson } from "../../schemas/mod.ts";
import type { Json, Language, Node, Span, Tree } from "../../schemas/mod.ts";
import { parse } from "../../schemas/checker.ts";
import { tokens } from "../../schemas/json_tokens.ts";
import { inputs, json, patchwork, spoilt } from "./documents.ts";
import { SETTINGS } from "./settings.ts";

const jsonText = fc.tuple(fc.oneof(json, inputs), fc.constantFrom(0, 1, 2))
  .map(([value, indent]) => JSON.stringify(value, null, indent));
const yamlText = fc.oneof(json, inputs)
  .map((value) => dump(value, { schema: CORE_SCHEMA }));
const spoiltYaml = fc.oneof(
  spoilt(yamlText),
  patchwork,
  fc.tuple(yamlText, patchwork).map(([text, rest]) =>
    text.replaceAll("\n", "\r\n") + rest
  ),
);
const spoiltJson = fc.oneof(spoilt(jsonText), patchwork);
const anyText = fc.oneof(spoiltJson, spoiltYaml);
const language = fc.constantFrom<Language>("json", "jsonc", "yaml");

Deno.test("parse() answers for any text, with spans inside of it and of each other", () => {
  fc.assert(
    fc.property(anyText, language, (text, language) => {
      const tree = parse({ name: "a", text, language });
      within(tree, { start: 0, end: text.length });
    }),
    SETTINGS,
  );
});

Deno.test("parse() reads JSON as JSON.parse does", () => {
  fc.assert(
    fc.property(jsonText, (text) => {
      const tree = parse({ name: "a", text, language: "json" });
      assert.ok(tree.root);
      assert.ok(tree.complete);
      assert.deepEqual(toJson(tree.root), JSON.parse(text));
    }),
    SETTINGS,
  );
});

Deno.test("parse() finds an error in JSON where JSON.parse does, at least", () => {
  fc.assert(
    fc.property(spoiltJson, (text) => {
      const tree = parse({ name: "a", text, language: "json" });
      const right = parsed(() => JSON.parse(text));
      if (hasErrors(tree.problems) || tree.root === undefined) return;
      assert.ok(right, "an error is missed");
      assert.deepEqual(toJson(tree.root), right.value);
    }),
    SETTINGS,
  );
});

/** Objects and lists in each other, whose brackets are in no text. */
const brackets: fc.Arbitrary<string> = fc.letrec<{ value: Json }>((tie) => {
  const inner = fc.array(tie("value"), { maxLength: 3 });
  return {
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constant([]),
      inner,
      inner.map((items): Json => ({ ...items })),
    ),
  };
}).value.map((value) => JSON.stringify(value));

const OTHER = { "[": "{", "]": "}", "{": "[", "}": "]" };

Deno.test("parse() finds a bracket that is gone or of the other kind", () => {
  fc.assert(
    fc.property(brackets, fc.nat(), fc.boolean(), (text, nth, gone) => {
      const places = [...text.matchAll(/[[\]{}]/g)];
      const { 0: found, index } = places[nth % places.length] ?? assert.fail();
      const other = gone ? "" : OTHER[found as keyof typeof OTHER];
      const wrong = text.slice(0, index) + other + text.slice(index + 1);
      const tree = parse({ name: "a", text: wrong, language: "json" });
      assert.ok(hasErrors(tree.problems) && !tree.complete, wrong);
    }),
    SETTINGS,
  );
});

Deno.test("parse() takes no text that was cut off for a whole one", () => {
  const whole = fc.oneof(brackets, jsonText)
    .filter((text) => /^[[{]/.test(text));
  fc.assert(
    fc.property(whole, fc.nat(), (text, at) => {
      const cut = text.slice(0, 1 + at % (text.length - 1));
      const tree = parse({ name: "a", text: cut, language: "json" });
      assert.ok(hasErrors(tree.problems) && !tree.complete, cut);
    }),
    SETTINGS,
  );
});

Deno.test("parse() finds every key that stands twice", () => {
  const key = fc.constantFrom("a", "b", "c", "__proto__", "1");
  const language = fc.constantFrom<Language>("json", "yaml");
  fc.assert(
    fc.property(
      fc.array(key, { maxLength: 12 }),
      language,
      (keys, language) => {
        const text = `{${keys.map((key) => `"${key}": 1`).join(", ")}}`;
        const { problems } = parse({ name: "a", text, language });
        const twice = keys.filter((key, i) => keys.indexOf(key) < i);
        assert.deepEqual(
          problems.map(({ code, pointer }) => [code, pointer]),
          twice.map((key) => ["ERR_KEY_DUPLICATE", `/${key}`]),
        );
      },
    ),
    SETTINGS,
  );
});

Deno.test("parse() reads YAML as js-yaml does", () => {
  fc.assert(
    fc.property(fc.oneof(yamlText, jsonText, spoiltYaml), (text) => {
      const tree = parse({ name: "a", text, language: "yaml" });
      if (hasErrors(tree.problems) || tree.root === undefined) return;
      const right = parsed(() => load(text, { schema: CORE_SCHEMA }));
      assert.ok(right, "an error is missed");
      assert.deepEqual(toJson(tree.root), right.value);
    }),
    SETTINGS,
  );
});

Deno.test("parse() finds in JSON the places that it finds in the same text as YAML", () => {
  fc.assert(
    fc.property(fc.oneof(jsonText, spoiltJson), (text) => {
      const [json, yaml] = (["json", "yaml"] as const)
        .map((language) => parse({ name: "a", text, language }));
      if ([json, yaml].some((each) => each && hasErrors(each.problems))) return;
      assert.deepEqual(yaml?.root, json?.root);
    }),
    SETTINGS,
  );
});

Deno.test("tokens() finds what the library's scanner finds, token by token", () => {
  fc.assert(
    fc.property(fc.oneof(jsonText, anyText), (text) => {
      const next = tokens(text);
      const scanner = createScanner(text);
      for (;;) {
        const { kind, span, text: said } = next();
        while (BLANK.has(scanner.scan()));
        const start = scanner.getTokenOffset();
        assert.equal(span.start, start);
        if (kind === "end") return assert.equal(start, text.length);
        const end = Math.min(start + scanner.getTokenLength(), text.length);
        assert.equal(span.end, end);
        if (said !== "") assert.equal(said, scanner.getTokenValue());
        if (kind === "string" && said === "") {
          assert.equal(scanner.getTokenValue(), "");
        }
      }
    }),
    SETTINGS,
  );
});

/** Blanks and line ends, as the scanner counts kinds. */
const BLANK: ReadonlySet<number> = new Set([14, 15]);

function parsed(read: () => unknown): { readonly value: unknown } | undefined {
  try {
    return { value: read() };
  } catch {
    return undefined;
  }
}

function within({ root, problems, comments }: Tree, whole: Span): void {
  for (const { span } of [...problems, ...comments]) inside(span, whole);
  if (root !== undefined) nested(root, whole);
}

function nested(node: Node, outer: Span): void {
  inside(node.span, outer);
  if (node.kind === "array") {
    node.items.forEach((item) => nested(item, outer));
  }
  if (node.kind !== "object") return;
  for (const { keySpan, value } of node.properties) {
    inside(keySpan, outer);
    nested(value, outer);
  }
}

function inside({ start, end }: Span, outer: Span): void {
  assert.ok(
    outer.start <= start && start <= end && end <= outer.end,
    `${start}–${end} is not inside of ${outer.start}–${outer.end}`,
  );
}
