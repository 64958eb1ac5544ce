import assert from "node:assert/strict";
import { FIXES } from "../../schemas/catalogue/fixes.ts";
import { readPlace, repositoryFiles } from "../style/repository_files.ts";

/** Codes of failures and of names given on the command line, which no finding about a document has. */
const NO_FINDINGS = [
  "ERR_ENTRY_EXAMPLE",
  "ERR_PREFIX_TEMPLATE",
  "ERR_REGISTRY_ENTRY",
  "ERR_USAGE",
];

Deno.test("FIXES names every code that the checker knows", () => {
  const code = /"((?:ERR|WARN|HINT|INFO)_[A-Z_]+)"/g;
  const known = repositoryFiles()
    .filter((file) => /^schemas\/.*\.ts$/.test(file))
    .filter((file) => !file.startsWith("schemas/catalogue/"))
    .flatMap((file) => [...readPlace(file).matchAll(code)])
    .map(([, name]) => name ?? "")
    .filter((name) => !NO_FINDINGS.includes(name));
  assert.ok(known.length > 50);
  const named = Object.keys(FIXES);
  assert.deepEqual(
    new Set(known).symmetricDifference(new Set(named)),
    new Set(),
  );
});
