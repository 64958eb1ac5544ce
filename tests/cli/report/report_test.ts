import assert from "node:assert/strict";
import {
  type Findings,
  renderGithub,
  renderJson,
  renderSarif,
  renderText,
} from "../../../cli/report/mod.ts";
import { CATALOGUE, diagnose, type Diagnostic } from "../../../schemas/mod.ts";

const TEXT = '{\n\t"a": "漢字👍🏽", "b": 1, "b": 2\n}\n';

/** A finding about the first occurrence of a text, or the one after another text. */
function at(text: string, part: string, more: Partial<Diagnostic> = {}) {
  const start = text.indexOf(part);
  const span = { start, end: start + part.length };
  return {
    ...diagnose("ERR_VALUE", `Cannot use ${part}: it is wrong`, { span }),
    ...more,
  };
}

function findings(
  text: string,
  ...diagnostics: readonly Diagnostic[]
): Findings {
  return {
    source: { name: "dir/in.json", text, language: "json" },
    diagnostics,
  };
}

function text(...all: readonly Findings[]): string {
  return renderText(all, { color: false });
}

Deno.test("renderText() shows place, line, expectation, fixes, related places and a count", () => {
  const second = {
    start: TEXT.lastIndexOf('"b"'),
    end: TEXT.lastIndexOf('"b"') + 3,
  };
  const diagnostic = diagnose("ERR_KEY_DUPLICATE", "Cannot read this", {
    span: second,
    expected: "one of them",
    fixes: [{ title: "Remove it", edits: [] }],
    related: [
      {
        message: "It stands here first",
        span: { start: TEXT.indexOf('"b"'), end: 0 },
      },
      {
        message: "See there",
        span: { start: 0, end: 0 },
        source: "other.yaml",
      },
    ],
  });
  assert.equal(
    text(findings(TEXT, diagnostic, at(TEXT, "1", { severity: "warning" }))),
    `dir/in.json:2:25: error ERR_KEY_DUPLICATE Cannot read this
  2 |  "a": "漢字👍🏽", "b": 1, "b": 2
    |                         ^~~
  expected one of them
  fix: Remove it
  dir/in.json:2:17: It stands here first
  other.yaml: See there

dir/in.json:2:22: warning ERR_VALUE Cannot use 1: it is wrong
  2 |  "a": "漢字👍🏽", "b": 1, "b": 2
    |                      ^

1 error, 1 warning
`,
  );
});

Deno.test("renderText() marks to the end of the line where a place goes on below", () => {
  const start = TEXT.indexOf('"a"');
  const long = at(TEXT, "1", { span: { start, end: TEXT.length - 1 } });
  const [, line, marker] = text(findings(TEXT, long)).split("\n");
  assert.equal(line, '  2 |  "a": "漢字👍🏽", "b": 1, "b": 2');
  assert.equal(marker, "    |  ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~");
});

Deno.test("renderText() cuts long lines around the place, between characters", () => {
  const source = `["${"😀".repeat(400)}", wrong, "${"é".repeat(400)}"]`;
  const [, line = "", marker = ""] = text(findings(source, at(source, "wrong")))
    .split("\n");
  assert.ok(line.length < 120);
  assert.match(line, /^ {2}1 \| …😀+", wrong, "é+…$/u);
  assert.ok(line.isWellFormed());
  assert.match(marker, /\^~~~~$/);
});

Deno.test("renderText() shows no line where there is none, and control characters as blanks", () => {
  const empty = at("", "", { span: { start: 0, end: 0 } });
  assert.equal(
    text(findings("", empty)),
    "dir/in.json:1:1: error ERR_VALUE Cannot use : it is wrong\n\n1 error\n",
  );
  const bell = "a\u0007\u001b[31m wrong";
  assert.match(
    text(findings(bell, at(bell, "wrong"))),
    /\| a {2}\[31m wrong\n {4}\| {9}\^~~~~\n/,
  );
});

Deno.test("renderText() shows no character that steers a terminal", () => {
  const steers = "\u001b[2J\u009b2J\u0007";
  const span = { start: 0, end: 1 };
  const diagnostic = at("x", "x", {
    message: `Cannot${steers}`,
    expected: `less${steers}`,
    fixes: [{ title: `Mend${steers}`, edits: [] }],
    related: [
      { message: `Here${steers}`, span },
      { message: "There", span, source: `a${steers}.json` },
    ],
  });
  const { source } = findings("x");
  const named = { ...source, name: `in${steers}.json` };
  const report = text({ source: named, diagnostics: [diagnostic] });
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(report, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  assert.match(report, /^in\ufffd\[2J\ufffd2J\ufffd\.json:1:1: error/);
});

Deno.test("renderText() never shows what looks like a secret", () => {
  const token = "sk-abcdefghijklmnopqrstuvwxyz0123";
  const source = `{"a": "${token}", "b": 1}`;
  const report = text(findings(source, at(source, token), at(source, "1")));
  assert.ok(
    report.includes('  1 | {"a": "*********************************", "b": 1}'),
  );
  assert.ok(!report.includes(token), report);
});

Deno.test("renderText() puts several documents into one report, coloured on request", () => {
  const other = { ...findings("x", at("x", "x", { severity: "hint" })) };
  const report = text(findings("y", at("y", "y")), other, findings("z"));
  assert.match(report, /\n\n1 error, 1 hint\n$/);
  const colored = renderText([other], { color: true });
  assert.ok(colored.includes("\u001b[36;1mhint ERR_VALUE\u001b[0m"));
  // deno-lint-ignore no-control-regex
  assert.equal(colored.replaceAll(/\u001b\[[0-9;]*m/g, ""), text(other));
});

Deno.test("renderText() is empty when nothing was found", () => {
  assert.equal(text(findings("x"), findings("y")), "");
});

Deno.test("renderJson() counts lines and columns from 1 and keeps fixes", () => {
  const fixes = [{
    title: "Write 2",
    edits: [{ span: { start: 20, end: 21 }, text: "2" }],
  }];
  const diagnostic = at(TEXT, "1", { expected: "2", fixes, pointer: "/b" });
  assert.deepEqual(JSON.parse(renderJson([findings(TEXT, diagnostic)])), [{
    file: "dir/in.json",
    code: "ERR_VALUE",
    severity: "error",
    message: "Cannot use 1: it is wrong",
    pointer: "/b",
    range: { start: { line: 2, column: 22 }, end: { line: 2, column: 23 } },
    expected: "2",
    fixes: [{
      title: "Write 2",
      edits: [{
        range: { start: { line: 2, column: 19 }, end: { line: 2, column: 20 } },
        text: "2",
      }],
    }],
    docs: "explain ERR_VALUE",
  }]);
  assert.equal(renderJson([findings(TEXT)]), "[]\n");
});

Deno.test("renderJson() and renderSarif() show no fix that holds a secret, and say which leave a choice", () => {
  const secret = "ghp_0123456789abcdefghijklmnopqrstuvwxyz";
  const span = { start: 0, end: 1 };
  const fixes = [
    { title: "Wrap", edits: [{ span, text: `{"a": "${secret}"}` }] },
    { title: "Remove", edits: [{ span, text: "" }], choice: true as const },
  ];
  const found = [findings(TEXT, at(TEXT, "1", { fixes }))];
  const json = renderJson(found);
  const sarif = renderSarif(found, "1.0.0");
  for (const report of [json, sarif]) assert.ok(!report.includes(secret));
  const [row] = JSON.parse(json);
  assert.equal(row.fixes.length, 1);
  assert.deepEqual([row.fixes[0].title, row.fixes[0].choice], ["Remove", true]);
  assert.equal(JSON.parse(sarif).runs[0].results[0].fixes.length, 1);
});

Deno.test("renderGithub() writes one escaped workflow command for each finding", () => {
  const diagnostic = at("a\nb", "b", {
    message: "100%\r\nsure: yes, no",
    severity: "info",
    expected: "more",
  });
  const named = { ...findings("a\nb", diagnostic) };
  const source = { ...named.source, name: "a,b:c%.json" };
  assert.equal(
    renderGithub([{ ...named, source }, findings("x", at("x", "x"))]),
    "::notice file=a%2Cb%3Ac%25.json,line=2,endLine=2,col=1,endColumn=1,title=ERR_VALUE::100%25%0D%0Asure: yes, no%0Aexpected more\n" +
      "::error file=dir/in.json,line=1,endLine=1,col=1,endColumn=1,title=ERR_VALUE::Cannot use x: it is wrong\n",
  );
});

Deno.test("renderSarif() has a rule of the catalogue for each code, and every result names its own", () => {
  const unknown = diagnose("ERR_OWN", "Cannot", { span: { start: 0, end: 1 } });
  const fixes = [{
    title: "Mend",
    edits: [{ span: { start: 0, end: 1 }, text: "y" }],
  }];
  const related = [{ message: "Here too", span: { start: 0, end: 1 } }];
  const log = JSON.parse(renderSarif(
    [findings("x", at("x", "x", { fixes, related }), unknown)],
    "1.2.3",
  ));
  assert.equal(log.version, "2.1.0");
  const [{ tool: { driver }, results, columnKind }] = log.runs;
  assert.equal(columnKind, "utf16CodeUnits");
  assert.equal(driver.version, "1.2.3");
  for (const { ruleId, ruleIndex } of results) {
    assert.equal(driver.rules[ruleIndex].id, ruleId);
  }
  const rule = driver.rules.find(({ id }: { id: string }) =>
    id === "ERR_VALUE"
  );
  assert.equal(rule.shortDescription.text, CATALOGUE["ERR_VALUE"]?.meaning);
  const [{ locations, relatedLocations, fixes: mended }] = results;
  const region = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  assert.deepEqual(locations[0].physicalLocation, {
    artifactLocation: { uri: "dir/in.json" },
    region,
  });
  assert.equal(relatedLocations[0].message.text, "Here too");
  assert.deepEqual(mended[0].artifactChanges[0].replacements, [
    { deletedRegion: region, insertedContent: { text: "y" } },
  ]);
});

Deno.test("renderSarif() names files by URI", () => {
  const uris = ["/tmp/a b.json", "C:\\in.json", "<stdin>"].map((name) => {
    const one = findings("x", at("x", "x"));
    const named = [{ ...one, source: { ...one.source, name } }];
    const [result] = JSON.parse(renderSarif(named, "1")).runs[0].results;
    return result.locations[0].physicalLocation.artifactLocation.uri;
  });
  assert.deepEqual(uris, [
    "file:///tmp/a%20b.json",
    "file:///C:/in.json",
    "%3Cstdin%3E",
  ]);
});
