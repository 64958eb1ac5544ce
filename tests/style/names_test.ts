import assert from "node:assert/strict";
import { readPlace, repositoryFiles } from "./repository_files.ts";

/** `snake_case.ts`, `world_path_test.ts`, `ambient.d.ts`. */
const SNAKE_CASE = /^[a-z0-9]+(?:_[a-z0-9]+)*(?:\.d)?\.ts$/;

/** Names that say nothing about what is in a file. */
const EMPTY_NAME = /^(?:index|utils?|helpers?|common|managers?|misc|shared)$/;

/** `inputs.json` and `out/` there are the file protocol of containers. Put together here, so that this file does not hold what it forbids. */
const MACHINE = new RegExp(
  `/${"root"}/|/${"home"}/|/${"Users"}/|/${"work"}/(?!inputs|out)`,
);
const REGISTRY_HOST = new RegExp(
  [
    "npmjs" + "\\.(?:org|com)",
    "jsr" + "\\.io",
    "pypi" + "\\.org",
    "deb\\." + "debian",
  ]
    .join("|"),
);

Deno.test("source files are named in snake_case, after what they hold", () => {
  assert.deepEqual(sources().filter((place) => !isNamedWell(place)), []);
});

Deno.test("no file or folder is a drawer for anything", () => {
  const drawers = repositoryFiles().filter((place) =>
    place.split("/").some((part) => EMPTY_NAME.test(stem(part)))
  );
  assert.deepEqual(drawers, []);
});

Deno.test("no text names a folder of one machine", () => {
  assert.deepEqual(linesWith(MACHINE), []);
});

Deno.test("no text names the host of a package registry", () => {
  assert.deepEqual(linesWith(REGISTRY_HOST), []);
});

Deno.test("the rules for names find what they are for", () => {
  const found = ["a/fooBar.ts", "a/Foo.ts", "a/foo-bar.ts", "a/foo_.ts"];
  assert.deepEqual(found.filter(isNamedWell), []);
  assert.ok(isNamedWell("a/foo_bar_test.ts") && isNamedWell("a/yaml.d.ts"));
  assert.match("see /" + "home/someone/file", MACHINE);
  assert.match("https://registry.npmjs" + ".org/x", REGISTRY_HOST);
  assert.ok(
    EMPTY_NAME.test(stem("utils.ts")) && EMPTY_NAME.test(stem("helpers")),
  );
});

function sources(): readonly string[] {
  return repositoryFiles().filter((place) =>
    place.endsWith(".ts") && !place.includes("/testdata/")
  );
}

function isNamedWell(place: string): boolean {
  return SNAKE_CASE.test(place.split("/").at(-1) ?? "");
}

/** A file's name up to its first dot, or a folder's name. */
function stem(part: string): string {
  return part.split(".")[0] ?? part;
}

/** `place:line` of every line of text that matches; the lock file belongs to Deno. */
function linesWith(pattern: RegExp): readonly string[] {
  return repositoryFiles()
    .filter((place) => place !== "deno.lock")
    .flatMap((place) =>
      readPlace(place).split("\n").flatMap((line, index) =>
        pattern.test(line) ? [`${place}:${index + 1}: ${line.trim()}`] : []
      )
    );
}
