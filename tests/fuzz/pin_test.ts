import assert from "node:assert/strict";
import fc from "fast-check";
import type { Pin } from "../../cli/pin/pin_edit.ts";
import { pinnedText } from "../../cli/pin/pinned_text.ts";
import { checkEntry } from "../../schemas/checker.ts";
import { SETTINGS } from "./settings.ts";

const hex = fc.array(fc.constantFrom(..."0123456789abcdef"), {
  minLength: 64,
  maxLength: 64,
}).map((digits) => digits.join(""));

const reference = fc.tuple(
  fc.constantFrom("demo/echo", "127.0.0.1:5000/a/b_c", "ghcr.io/x/y.z"),
  hex,
).map(([name, digest]) => `${name}@sha256:${digest}`);

const older = fc.oneof(
  reference,
  fc.constantFrom("demo/echo:1", "demo@sha256:REPLACE_AMD64"),
);

/** Text of a comment or a title that looks like parts of an entry. */
const words = fc.constantFrom(
  ...["it", "image: {}", "amd64: x", "'", '"', "é 😀", "{", "# #", "sha256:"],
);

interface Style {
  readonly eol: string;
  readonly indent: number;
  readonly quote: string;
  readonly comment: string;
  readonly blank: boolean;
}

const style: fc.Arbitrary<Style> = fc.record({
  eol: fc.constantFrom("\n", "\r\n"),
  indent: fc.integer({ min: 1, max: 6 }),
  quote: fc.constantFrom("", "'", '"'),
  comment: words,
  blank: fc.boolean(),
});

type Image = readonly (readonly [key: "amd64" | "arm64" | "oci", string])[];

const image: fc.Arbitrary<Image | undefined> = fc.option(
  fc.oneof(
    fc.uniqueArray(
      fc.tuple(fc.constantFrom("amd64" as const, "arm64" as const), older),
      { selector: ([key]) => key, minLength: 1 },
    ),
    older.map((value) => [["oci", value] as const]),
  ),
  { nil: undefined },
);

/** The lines of an image, as people write them. */
function imageLines(image: Image, { indent, quote, comment }: Style) {
  const space = " ".repeat(indent);
  const single = image.some(([key]) => key === "oci");
  const before = single ? space : space + space;
  return [
    `image: # ${comment}`,
    ...single ? [] : [`${space}platforms:`],
    ...image.map(([key, value]) =>
      `${before}${key}:${space}${quote}${value}${quote}  # ${comment}`
    ),
  ];
}

const document = fc.record({
  style,
  image,
  title: words,
  after: fc.boolean(),
}).map(({ style, image, title, after }) => {
  const lines = image === undefined ? [] : imageLines(image, style);
  const rest = [
    "inputs: {type: object} # {",
    `title: ${JSON.stringify(title)}`,
    ...style.blank ? ["", `# ${style.comment}`, ""] : [],
  ];
  const text = [
    "ref: demo/echo@1",
    ...after ? [...rest, ...lines] : [...lines, ...rest],
  ].map((line) => `${line}${style.eol}`).join("");
  return { text, image, style };
});

function entryIn(text: string) {
  const { entry } = checkEntry({ name: "e", text, language: "yaml" });
  assert.ok(entry !== undefined);
  return entry;
}

const platform = fc.constantFrom("amd64" as const, "arm64" as const);

Deno.test("pinnedText() changes nothing but the pin", () => {
  fc.assert(
    fc.property(document, platform, reference, (given, platform, reference) => {
      const { text, image = [] } = given;
      const pinned = pin(text, { platform, reference });
      const single = image.find(([key]) => key === "oci");
      const old = single ?? image.find(([key]) => key === platform);
      const { image: now, ...rest } = entryIn(pinned);
      const held = single === undefined ? now.platforms[platform] : now.oci;
      assert.equal(held, reference);
      const { image: _, ...before } = entryIn(text);
      assert.deepEqual(rest, before);
      if (old === undefined) {
        assert.equal(withoutInserted(text, pinned), text);
      } else assert.ok(isReplaced(text, pinned, [old[1], reference]));
      assert.equal(pin(pinned, { platform, reference }), pinned);
    }),
    SETTINGS,
  );
});

function pin(text: string, pin: Pin): string {
  return pinnedText({ name: "e", text, language: "yaml" }, pin);
}

/** A text without the one piece that was put into it. */
function withoutInserted(before: string, after: string): string {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  return after.slice(0, start) +
    after.slice(after.length - before.length + start);
}

/** Whether one text is another one with one value in place of one other. */
function isReplaced(
  before: string,
  after: string,
  [old, now]: readonly [string, string],
): boolean {
  return after.split(now).some((_, i, parts) =>
    i > 0 &&
    `${parts.slice(0, i).join(now)}${old}${parts.slice(i).join(now)}` === before
  );
}
