import assert from "node:assert/strict";
import { MAX_DOCUMENT_BYTES } from "../../schemas/mod.ts";
import { decodeSource } from "../../schemas/checker.ts";

const utf8 = new TextEncoder();

Deno.test("decodeSource() reads UTF-8", () => {
  const { source, problems } = decode(utf8.encode('{"漢": "👩‍👩‍👧"}'));
  assert.deepEqual(problems, []);
  assert.deepEqual(source, {
    name: "in.json",
    language: "json",
    text: '{"漢": "👩‍👩‍👧"}',
  });
});

Deno.test("decodeSource() takes a byte order mark away with a warning", () => {
  const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8.encode("{}"));
  const { source, problems } = decode(bytes);
  assert.equal(source.text, "{}");
  assert.deepEqual(problems.map(({ code, severity }) => [code, severity]), [
    ["WARN_BOM", "warning"],
  ]);
});

Deno.test("decodeSource() refuses UTF-16, marked or not", () => {
  const text = '{"a": 1}';
  const little = [...text].flatMap((each) => [each.charCodeAt(0), 0]);
  const big = [...text].flatMap((each) => [0, each.charCodeAt(0)]);
  for (
    const bytes of [little, big, [0xff, 0xfe, ...little], [0xfe, 0xff, ...big]]
  ) {
    const { problems } = decode(Uint8Array.from(bytes));
    assert.deepEqual(problems.map(({ code }) => code), [
      "ERR_DOCUMENT_ENCODING",
    ]);
    assert.match(problems[0]?.message ?? "", /UTF-16[LB]E/);
  }
});

Deno.test("decodeSource() names the first byte that is not UTF-8", () => {
  const bytes = Uint8Array.of(...utf8.encode('{\n"é": "'), 0xe9, 0x22, 0x7d);
  const { problems, source } = decode(bytes);
  assert.deepEqual(problems.map(({ code, message }) => [code, message]), [[
    "ERR_DOCUMENT_ENCODING",
    'Cannot read "in.json": byte 9 (0xe9, line 2, column 7) is not UTF-8',
  ]]);
  assert.equal(source.text.charAt(problems[0]?.span.start ?? 0), "\ufffd");
});

Deno.test("decodeSource() finds every kind of invalid UTF-8 where it begins", () => {
  const invalid = [
    [0x80],
    [0xc0, 0xaf],
    [0xc1, 0x81],
    [0xe0, 0x80, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf0, 0x80, 0x80, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xf5, 0x80, 0x80, 0x80],
    [0xff],
    [0xe2, 0x82],
    [0xf0, 0x9f, 0x98],
  ];
  for (const wrong of invalid) {
    for (const after of [[], [0x61]]) {
      const { problems } = decode(
        Uint8Array.of(0x61, 0x61, ...wrong, ...after),
      );
      assert.match(problems[0]?.message ?? "", /byte 2 \(/, String(wrong));
    }
  }
});

Deno.test("decodeSource() reports an empty and a blank document", () => {
  for (const text of ["", " \n\t\r\n", "\ufeff"]) {
    const { problems } = decode(utf8.encode(text));
    assert.deepEqual(problems.map(({ code }) => code), ["ERR_DOCUMENT_EMPTY"]);
  }
});

Deno.test("decodeSource() refuses a large document without reading it", () => {
  const { source, problems } = decode(new Uint8Array(50 * 1024 * 1024));
  assert.equal(source.text, "");
  assert.deepEqual(problems.map(({ code, message }) => [code, message]), [[
    "ERR_DOCUMENT_TOO_LARGE",
    'Cannot read "in.json": it has 50.0 MiB',
  ]]);
  const largest = new Uint8Array(MAX_DOCUMENT_BYTES).fill(0x20);
  assert.deepEqual(decode(largest).problems.map(({ code }) => code), [
    "ERR_DOCUMENT_EMPTY",
  ]);
});

function decode(bytes: Uint8Array) {
  return decodeSource(bytes, "in.json", "json");
}
