import assert from "node:assert/strict";
import { examplesIn, RUN_ON_ENGINE } from "../docs/examples_in.ts";
import { runExamples } from "../docs/run_examples.ts";
import { readPlace, repositoryFiles } from "../style/repository_files.ts";
import { eachEngine } from "./each_engine.ts";

const PLACES = repositoryFiles()
  .filter((place) => /^docs\/[^/]+\.md$/.test(place))
  .filter((place) => examplesIn(readPlace(place), RUN_ON_ENGINE).length > 0);

for (const place of PLACES) {
  eachEngine(`${place} shows what really happens`, async ({ env }) => {
    const options = { mark: RUN_ON_ENGINE, env } as const;
    assert.deepEqual(await runExamples(readPlace(place), options), []);
  });
}

Deno.test("there are documents with examples for engines", () => {
  assert.ok(PLACES.includes("docs/engines.md"));
});
