import assert from "node:assert/strict";
import { strFromU8, unzipSync } from "fflate";
import manifest from "../../../editors/vscode/package.json" with {
  type: "json",
};

/** What is in a package: each file by its path, as bytes. */
export type Packed = Readonly<Record<string, Uint8Array>>;

export function unpacked(bytes: Uint8Array): Packed {
  return unzipSync(bytes);
}

/** The extension's own files are these and no others; the toolkit is a release. */
export function assertContents(packed: Packed): void {
  const places = Object.keys(packed);
  const toolkit = "extension/toolkit/";
  assert.deepEqual(
    places.filter((place) => !place.startsWith(toolkit)).toSorted(),
    [
      "[Content_Types].xml",
      "extension.vsixmanifest",
      "extension/LICENSE.txt",
      "extension/ThirdPartyNotices.txt",
      "extension/extension.js",
      "extension/package.json",
      "extension/readme.md",
      "extension/session.js",
      "extension/snippets/json.json",
      "extension/snippets/yaml.json",
    ],
  );
  for (const each of ["main.js", "deno.json", "deno.lock", "docs/errors.md"]) {
    assert.ok(places.includes(`${toolkit}${each}`), each);
  }
  const left = /\.vsix$|\/\.(?!dockerignore$)/;
  assert.deepEqual(places.filter((place) => left.test(place)), []);
}

/** What the manifests name is there, and they say the same. */
export function assertManifests(packed: Packed): void {
  const said = strFromU8(packed["extension.vsixmanifest"] ?? new Uint8Array());
  const assets = [...said.matchAll(/Path="([^"]+)"/g)].map(([, path]) => path);
  assert.equal(assets.length, 3);
  const { main, contributes: { snippets } } = manifest;
  const named = [main, ...snippets.map(({ path }) => path)]
    .map((path) => path.replace("./", "extension/"));
  const places = Object.keys(packed);
  const missing = [...assets, ...named].filter((path = "") =>
    !places.includes(path)
  );
  assert.deepEqual(missing, []);
  const { name, version, publisher, engines } = manifest;
  assert.match(
    said,
    new RegExp(`Id="${name}" Version="${version}" Publisher="${publisher}"`),
  );
  assert.ok(said.includes(`Code.Engine" Value="${engines.vscode}"`));
}

/** Every file has a content type, by its ending or by its path. */
export function assertTypes(packed: Packed): void {
  const types = strFromU8(packed["[Content_Types].xml"] ?? new Uint8Array());
  const untyped = Object.keys(packed)
    .filter((place) => place !== "[Content_Types].xml")
    .filter((place) => {
      const ending = /[^/](\.[^./]+)$/.exec(place)?.[1];
      return !types.includes(`PartName="/${place}"`) &&
        !(ending !== undefined && types.includes(`Extension="${ending}"`));
    });
  assert.deepEqual(untyped, []);
}

/** What is loaded with every JSON document is small, and nothing tells where it was made. */
export function assertPrograms(packed: Packed, root: string): void {
  const text = (name: string) =>
    strFromU8(packed[`extension/${name}`] ?? new Uint8Array());
  assert.ok(text("extension.js").length < 20_000, "it holds the client");
  for (const name of ["extension.js", "session.js"]) {
    assert.ok(!text(name).includes(root), name);
    assert.match(text(name), /require\("vscode"\)/, name);
  }
}
