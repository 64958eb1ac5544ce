import assert from "node:assert/strict";
import { MENU } from "../../cli/menu.ts";
import { readPlace, repositoryFiles } from "../style/repository_files.ts";
import { COMMANDS_DIR, pages } from "./pages.ts";

for (const [place, text] of pages()) {
  Deno.test(`${place} is up to date`, () => {
    assert.equal(readPlace(place), text, "run: deno task docs");
  });
}

Deno.test("no page is about a command that is gone", () => {
  const known = [...pages().keys()];
  const there = repositoryFiles()
    .filter((place) => place.startsWith(`${COMMANDS_DIR}/`));
  assert.deepEqual(there.filter((place) => !known.includes(place)), []);
});

Deno.test("the links of documents lead to what is there", () => {
  const files = repositoryFiles();
  const documents = files.filter((place) =>
    /^(?:docs\/.*|[A-Z]+)\.md$/.test(place)
  );
  assert.ok(documents.length > 10);
  for (const place of documents) {
    for (const [, link = ""] of readPlace(place).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link)) continue;
      const { pathname } = new URL(link, `file:///${place}`);
      const target = decodeURIComponent(pathname).slice(1);
      assert.ok(
        files.some((each) => each === target || each.startsWith(`${target}/`)),
        `${place} links to ${link}`,
      );
    }
  }
});

Deno.test("README.md names the commands that have no --json", () => {
  const without = MENU.filter(({ flags }) => !("json" in flags))
    .map(({ path }) => `\`${path.join(" ")}\``);
  const [, named] = /All but (.+), which [^.]+ have `--json`/
    .exec(readPlace("README.md")) ?? [];
  assert.equal(named, without.toSorted().join(" and "));
});
