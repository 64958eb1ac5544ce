import assert from "node:assert/strict";
import fc from "fast-check";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Range } from "vscode-languageserver-types";
import { formatting } from "../../lsp/features/formatting.ts";
import { yamlIndents } from "../../lsp/features/formatting/yaml_indents.ts";
import { yamlLines } from "../../lsp/features/formatting/yaml_lines.ts";
import { parse } from "../../schemas/checker.ts";
import { languageOf, toJson } from "../../schemas/mod.ts";
import { markedView } from "./marked_view.ts";
import { random, randomJson } from "../schemas/random_json.ts";

const TWO = { tabSize: 2, insertSpaces: true };

function formatted(
  name: string,
  text: string,
  { options = TWO, range }: {
    readonly options?: typeof TWO & { readonly insertFinalNewline?: boolean };
    readonly range?: Range;
  } = {},
): string {
  const { view } = markedView(name, `|${text}`);
  const document = TextDocument.create(view.uri, name, 1, text);
  const edits = formatting(view, options, range);
  return TextDocument.applyEdits(document, edits);
}

/** Formats, and checks that this changes neither values nor comments and needs no second time. */
function laidOut(name: string, text: string, options = TWO): string {
  const result = formatted(name, text, { options });
  const read = (each: string) => {
    const tree = parse({ name, text: each, language: languageOf(name) });
    return {
      value: tree.root && JSON.stringify(toJson(tree.root)),
      comments: tree.comments.map((comment) => comment.text),
      problems: tree.problems.length,
    };
  };
  assert.deepEqual(read(result), read(text), `${text}\n→\n${result}`);
  assert.equal(formatted(name, result, { options }), result, text);
  return result;
}

const DATA = new URL("testdata/formatting/", import.meta.url);

for (const { name } of [...Deno.readDirSync(DATA)]) {
  if (name.endsWith(".out")) continue;
  Deno.test(`formatting() lays out ${name}`, () => {
    const text = Deno.readTextFileSync(new URL(name, DATA));
    const out = Deno.readTextFileSync(new URL(`${name}.out`, DATA));
    assert.equal(laidOut(name, text), out);
  });
}

Deno.test("formatting() does as the editor says", () => {
  const tabs = { tabSize: 4, insertSpaces: false };
  assert.equal(
    laidOut("inputs.json", '{"a":1}\n', tabs),
    '{\n\t"a": 1\n}\n',
  );
  assert.equal(
    laidOut("inputs.yaml", "a:\n  b: 1\n", { tabSize: 4, insertSpaces: true }),
    "a:\n    b: 1\n",
  );
  assert.equal(laidOut("inputs.yaml", "a:\n    b: 1\n", tabs), "a:\n  b: 1\n");
  const options = { ...TWO, insertFinalNewline: true };
  assert.equal(formatted("inputs.json", "[]", { options }), "[]\n");
  assert.equal(formatted("inputs.yaml", "a: 1", { options }), "a: 1\n");
});

Deno.test("formatting() ends lines as they ended before", () => {
  assert.equal(
    laidOut("inputs.json", '{"a":1,\r\n"b":2}'),
    '{\r\n  "a": 1,\r\n  "b": 2\r\n}',
  );
  assert.equal(
    laidOut("inputs.yaml", "a:\r\n    b: 1 \r\n\r\n\r\n"),
    "a:\r\n  b: 1\r\n",
  );
});

Deno.test("formatting() of a range changes its lines alone", () => {
  const range = {
    start: { line: 1, character: 2 },
    end: { line: 2, character: 0 },
  };
  assert.equal(
    formatted("inputs.json", '{"a":1,\n"b":2,\n"c":3}\n', { range }),
    '{"a":1,\n  "b": 2,\n"c":3}\n',
  );
  assert.equal(
    formatted("inputs.yaml", "a:\n    b: 1 \nc:\n    d: 1 \n", { range }),
    "a:\n  b: 1\nc:\n    d: 1 \n",
  );
});

Deno.test("formatting() leaves broken and empty documents as they are", () => {
  for (
    const [name, text] of [
      ["inputs.json", '{"a":1 "b":2,'],
      ["inputs.yaml", 'a:\n    b: "x\nc: [ \n'],
      ["inputs.json", ""],
      ["inputs.yaml", "  \n# only  \n"],
    ] as const
  ) assert.equal(formatted(name, text), text);
});

/** Blanks and comments of JSON. */
const gap = fc.array(
  fc.constantFrom(" ", "\n", "\n\n", "\t", "// x\n", "/* y */", "/* y\n z */"),
  { maxLength: 3 },
).map((parts) => parts.join(""));

Deno.test("formatting() keeps values and comments of any JSON", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.infiniteStream(gap), (value, gaps) => {
      const tokens = JSON.stringify(value)
        .match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^[\]{},:"]+/g) ?? [];
      const text = tokens.map((each) => `${gaps.next().value}${each}`).join("");
      laidOut("inputs.jsonc", text);
      laidOut("inputs.jsonc", JSON.stringify(value, null, 4));
    }),
  );
});

/** Block YAML with indentations, blanks and comments as people leave them. */
function yamlOf(next: () => number): string {
  const pick = (list: readonly string[]) =>
    list[Math.floor(next() * list.length)] ?? "";
  const lines: string[] = [];
  const value = (indent: number, depth: number): void => {
    const kind = depth === 0 ? next() * 4 : next() * 6;
    const last = lines.length - 1;
    const put = (text: string) => lines[last] += text;
    const pad = " ".repeat(indent + 1 + Math.floor(next() * 5));
    if (kind < 1) {
      put(
        ` ${pick(["1", "x y", "'a: b'", '"q \\" "', "~", "{a: [1, 2]}"])}${
          pick(["", "  ", " # note"])
        }`,
      );
    } else if (kind < 2) {
      put(pick([" |", " >", " |-", " >+", " |2"]));
      const header = lines[last] ?? "";
      const body = header.endsWith("2") ? " ".repeat(indent + 2) : pad;
      lines.push(
        `${body}text`,
        pick(["", `${body}  more `, body, `${body}# no comment`]),
        `${body}end`,
      );
      if (next() < 0.3) lines.push("");
    } else if (kind < 3) {
      put(` ${pick(["[", "{"])}`);
      const close = (lines[last] ?? "").endsWith("[") ? "]" : "}";
      lines.push(`${pad}a, # in`, `${pad}${close}`);
    } else if (kind < 4) {
      put(pick([' "one', " one", " 'one"]));
      const quote = /(["'])one$/.exec(lines[last] ?? "")?.[1] ?? "";
      lines.push("", `${pad}two${quote}`);
    } else if (kind < 5) mapping(pad.length, depth - 1);
    else sequence(next() < 0.5 ? indent : pad.length, depth - 1);
  };
  const comment = (indent: number) => {
    if (next() < 0.2) {
      lines.push(`${" ".repeat(indent)}# about ${pick(["", " "])}`);
    }
    if (next() < 0.1) lines.push("  ");
  };
  const mapping = (indent: number, depth: number, first = false): void => {
    for (let i = 0; i < 1 + next() * 3; i++) {
      if (i > 0 || !first) {
        comment(indent);
        lines.push(" ".repeat(indent));
      }
      lines[lines.length - 1] += `${pick(["k", "'q'", '"d"'])}${i}:`
        .replace(/(['"]?)(\d):$/, "$2$1:").replace(/^(['"])(.)\1/, "$1$2");
      value(indent, depth);
    }
  };
  const sequence = (indent: number, depth: number): void => {
    for (let i = 0; i < 1 + next() * 3; i++) {
      comment(indent);
      const dash = `-${pick([" ", "  ", "   "])}`;
      lines.push(`${" ".repeat(indent)}${dash}`);
      if (next() < 0.5) mapping(indent + dash.length, depth, true);
      else lines[lines.length - 1] += "x";
    }
  };
  mapping(0, 3);
  return `${lines.join("\n")}\n`;
}

Deno.test("formatting() keeps values and comments of any YAML, and indents most of it", () => {
  let indented = 0;
  let read = 0;
  for (let seed = 0; seed < 400; seed++) {
    const text = yamlOf(random(seed));
    const name = "inputs.yaml";
    const tree = parse({ name, text, language: "yaml" });
    if (!tree.complete) continue;
    read++;
    if (isIndented(laidOut(name, text))) indented++;
  }
  assert.ok(read > 200, `${read} of 400 can be read`);
  assert.ok(indented > 0.95 * read, `${indented} of ${read} are indented`);
});

/** Whether every line stands where it should; not so where the text would have read differently. */
function isIndented(text: string): boolean {
  const lines = yamlLines(parse({ name: "", text, language: "yaml" }));
  const indents = yamlIndents(text, lines, 2);
  return lines.every(({ kind, indent }, i) =>
    kind === "blank" || indent === indents[i]
  );
}

Deno.test("formatting() keeps the values of hard texts", () => {
  for (let seed = 0; seed < 200; seed++) {
    const value = randomJson(random(seed));
    laidOut("inputs.json", JSON.stringify(value));
    laidOut("inputs.yaml", JSON.stringify(value, null, 3));
  }
});
