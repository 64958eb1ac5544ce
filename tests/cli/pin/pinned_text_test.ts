import assert from "node:assert/strict";
import { pinnedText } from "../../../cli/pin/pinned_text.ts";
import { Failure } from "../../../schemas/mod.ts";

const DATA = new URL("../testdata/pins/", import.meta.url);
const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
const PIN = {
  platform: "amd64",
  reference: `127.0.0.1:5000/new/echo@${DIGEST}`,
} as const;

const cases = [...Deno.readDirSync(DATA)].map(({ name }) => name)
  .filter((name) => name.endsWith(".yaml")).sort();

for (const name of cases) {
  Deno.test(`pinnedText() pins as in ${name}`, () => {
    const text = Deno.readTextFileSync(new URL(name, DATA));
    const out = name.replace(/\.yaml$/, ".out");
    assert.equal(
      pinned(text),
      Deno.readTextFileSync(new URL(out, DATA)),
    );
  });
}

/** The text with the pin, or why there is none. */
function pinned(text: string): string {
  try {
    return pinnedText({ name: "registry.yaml", text, language: "yaml" }, PIN);
  } catch (error) {
    assert.ok(error instanceof Failure);
    return `${error.code} ${error.message}\n${error.hint}\n`;
  }
}
