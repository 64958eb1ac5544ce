import assert from "node:assert/strict";
import manifest from "../../../editors/vscode/package.json" with {
  type: "json",
};
import { GRANTS } from "../../../editors/vscode/settings.ts";
import { COMMANDS } from "../../../lsp/features/commands/names.ts";
import { readPlace } from "../../style/repository_files.ts";

const { configuration, commands } = manifest.contributes;
const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;

Deno.test("a workspace that nobody trusts cannot say what is started, and what it may do", () => {
  assert.deepEqual(restrictedConfigurations.toSorted(), GRANTS.toSorted());
  for (const name of GRANTS) {
    const setting = Object.entries(configuration.properties)
      .find(([each]) => each === name)?.[1];
    assert.equal(setting?.scope, "machine-overridable", name);
  }
});

Deno.test("no command of the manifest is one that the server registers itself", () => {
  const own: readonly string[] = Object.values(COMMANDS);
  assert.deepEqual(commands.filter(({ command }) => own.includes(command)), []);
});

Deno.test("the commands that the extension asks of the server are the server's", () => {
  const text = readPlace("editors/vscode/commands.ts");
  const asked = [...text.matchAll(/execute\("([^"]+)"/g)].map(([, name]) =>
    name
  );
  const own: readonly string[] = Object.values(COMMANDS);
  assert.ok(asked.length > 0);
  assert.deepEqual(asked.filter((name = "") => !own.includes(name)), []);
});

Deno.test("the extension has the version of the program", () => {
  const [, version] = /version: "([^"]+)"/.exec(readPlace("main.ts")) ?? [];
  assert.equal(manifest.version, version);
});

Deno.test("the licenses of all packages in the extension are with it", () => {
  const notices = readPlace("editors/vscode/ThirdPartyNotices.txt");
  const bar = "=".repeat(80);
  const named = notices.split(bar).filter((_, i) => i % 2 === 1)
    .flatMap((names) => names.trim().split("\n"));
  assert.deepEqual(named.toSorted(), packagesOf("vscode-languageclient"));
});

/** A package with all that it needs, as the lock file says. */
function packagesOf(first: string): readonly string[] {
  const { npm } = JSON.parse(readPlace("deno.lock")) as {
    readonly npm: Record<string, { readonly dependencies?: readonly string[] }>;
  };
  const found = new Set<string>();
  const add = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    const [, entry] = Object.entries(npm)
      .find(([key]) => key.startsWith(`${name}@`)) ?? [];
    for (const each of entry?.dependencies ?? []) {
      add(each.replace(/(?<=.)@.*$/, ""));
    }
  };
  add(first);
  return [...found].toSorted();
}

Deno.test("the page of the extension names every setting", () => {
  const page = readPlace("editors/vscode/README.md");
  const missing = Object.keys(configuration.properties)
    .filter((name) => !page.includes(`\`${name}\``));
  assert.deepEqual(missing, []);
});
