import assert from "node:assert/strict";
import { embeddedTexts } from "./embedded_texts.ts";
import { readPlace } from "./repository_files.ts";

for (const [place, text] of embeddedTexts()) {
  Deno.test(`${place} is up to date`, () => {
    assert.equal(readPlace(place), text, "run: deno task schemas");
  });
}
