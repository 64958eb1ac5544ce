import { strToU8, zipSync } from "fflate";
import { join } from "node:path";
import { denoCommand } from "../../../adapters/mod.ts";
import manifest from "../../../editors/vscode/package.json" with {
  type: "json",
};
import { ROOT } from "../../style/repository_files.ts";
import { contentTypes, vsixManifest } from "./vsix_manifest.ts";

/** The file that VS Code installs. */
export const VSIX = `${manifest.name}.vsix`;

/** Programs of the extension: the first is loaded with every JSON document, the second when one is ours. */
const PROGRAMS = ["extension", "session"];

/** What the extension has as it is: path in the repository → path in the extension. */
const COPIED: Readonly<Record<string, string>> = {
  "LICENSE": "LICENSE.txt",
  "editors/vscode/README.md": "readme.md",
  "editors/vscode/ThirdPartyNotices.txt": "ThirdPartyNotices.txt",
  "editors/vscode/package.json": "package.json",
  "editors/vscode/snippets/json.json": "snippets/json.json",
  "editors/vscode/snippets/yaml.json": "snippets/yaml.json",
};

/** Oldest time that a zip can hold, so that the same source makes the same bytes. */
const MTIME = new Date("1980-01-01T12:00:00");

/**
 * Packages the extension for VS Code into the folder of a release, which it takes along as the toolkit that serves.
 * Answers the path. Needs read of the repository, write of the folder and permission to run deno.
 */
export async function writeVsix(release: string): Promise<string> {
  const files = new Map<string, Uint8Array>();
  for (const [from, to] of Object.entries(COPIED)) {
    files.set(to, await Deno.readFile(new URL(from, ROOT)));
  }
  for (const name of PROGRAMS) {
    files.set(`${name}.js`, await bundled(name, release));
  }
  for (const place of filesBelow(release)) {
    if (place === VSIX) continue;
    files.set(`toolkit/${place}`, await Deno.readFile(join(release, place)));
  }
  const path = join(release, VSIX);
  await Deno.writeFile(path, packed(files));
  return path;
}

/** A zip in the form of the Open Packaging Conventions, as VS Code's own packager makes it. */
function packed(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const inside = [...files].map(([place, bytes]) =>
    [`extension/${place}`, bytes] as const
  );
  const entries = Object.fromEntries([
    ["extension.vsixmanifest", strToU8(vsixManifest(manifest))],
    ["[Content_Types].xml", strToU8(contentTypes([...files.keys()]))],
    ...inside,
  ]);
  return zipSync(entries, { level: 9, mtime: MTIME });
}

/** CommonJS in one file, which takes `vscode` from the editor. */
async function bundled(name: string, release: string): Promise<Uint8Array> {
  const out = join(release, `.${name}.js`);
  const { success, stderr } = await new Deno.Command(await denoCommand(), {
    args: [
      "bundle",
      "--quiet",
      "--frozen",
      "--format=cjs",
      "--external=vscode",
      "--minify",
      `--output=${await Deno.realPath(release)}/.${name}.js`,
      `editors/vscode/${name}.ts`,
    ],
    cwd: ROOT,
    stdin: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const bytes = await Deno.readFile(out);
  await Deno.remove(out);
  return bytes;
}

function filesBelow(folder: string, prefix = ""): readonly string[] {
  return [...Deno.readDirSync(join(folder, prefix))].flatMap((each) => {
    const place = `${prefix}${each.name}`;
    return each.isDirectory ? filesBelow(folder, `${place}/`) : [place];
  }).sort();
}
