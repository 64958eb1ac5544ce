import assert from "node:assert/strict";
import { parse } from "smol-toml";
import { readPlace } from "../style/repository_files.ts";
import { withMatrix } from "./methods/matrix.ts";
import { serverMethods } from "./methods/server_methods.ts";

const PAGE = readPlace("docs/editors.md");

Deno.test("the page says of each method for which documents it is answered", async () => {
  assert.equal(await withMatrix(PAGE), PAGE, "deno task docs writes it");
});

Deno.test("the page names every other method that the server takes or sends, and no others", () => {
  const [, rest = ""] = PAGE.split("<!-- End of what is made. -->");
  const rows = rest.split("\n").filter((line) => line.startsWith("| `"));
  const named = rows.flatMap((line) =>
    [...(line.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)]
      .map(([, method]) => method)
  );
  assert.deepEqual(named.toSorted(), serverMethods());
});

Deno.test("a set-up on the page is the file that it names", () => {
  const shown = [
    ...PAGE.matchAll(/<!-- file: (\S+) -->\n\n```\w+\n([^]*?)\n```/g),
  ];
  assert.deepEqual(shown.map(([, place]) => place), [
    "editors/helix/languages.toml",
    "editors/zed/settings.json",
    "editors/sublime/LSP.sublime-settings",
  ]);
  for (const [, place = "", text] of shown) {
    assert.equal(text, readPlace(place).trimEnd(), place);
  }
});

Deno.test("the page has a section for every set-up in editors/", () => {
  const sections = [...PAGE.matchAll(/^## (.*)$/gm)]
    .map(([, name = ""]) => name.toLowerCase().replace(/ text$|\s/g, ""));
  const folders = [
    ...Deno.readDirSync(new URL("../../editors", import.meta.url)),
  ]
    .map(({ name }) => name);
  assert.deepEqual(folders.filter((each) => !sections.includes(each)), []);
});

Deno.test("the extension for Zed is named and numbered once", () => {
  const extension = parse(readPlace("editors/zed/extension.toml"));
  const { package: crate } = parse(readPlace("editors/zed/Cargo.toml")) as {
    readonly package: { readonly version: string };
  };
  assert.equal(extension["version"], crate.version);
  const servers = Object.keys(Object(extension["language_servers"]));
  assert.deepEqual(servers, ["theoryctl"]);
  const { lsp } = JSON.parse(readPlace("editors/zed/settings.json"));
  assert.deepEqual(Object.keys(lsp), servers);
});

Deno.test("the extension for Zed reads the settings that the page shows", () => {
  const source = readPlace("editors/zed/src/lib.rs");
  const { lsp: { theoryctl: { settings } } } = JSON.parse(
    readPlace("editors/zed/settings.json"),
  );
  // The server itself reads this one.
  const { syntax: _, ...own } = settings;
  const missing = Object.keys(own).filter((each) =>
    !source.includes(`"${each}"`)
  );
  assert.deepEqual(missing, []);
});
