import assert from "node:assert/strict";
import { entryText, tempRegistry } from "./temp_registry.ts";

const MOD = new URL("../../registry/mod.ts", import.meta.url);

Deno.test("entry() reads the document of its ref and looks at nothing beside it", async () => {
  using registry = tempRegistry({
    "demo/echo/1/registry.yaml": entryText("demo/echo@1"),
    "demo/other/1/registry.yaml": entryText("demo/other@1"),
    "demo_more.yaml": entryText("demo/more@1"),
  });
  using scratch = tempRegistry({ "audit.jsonl": "" });
  const read = await accesses(registry.dir, `${scratch.dir}/audit.jsonl`);
  assert.deepEqual(read, ["", "/demo/echo/1/registry.yaml"]);
});

/** Places below a root that looking up `demo/echo@1` reads, in a process of its own. */
async function accesses(
  root: string,
  audit: string,
): Promise<readonly string[]> {
  const code = `import { openRegistry } from ${JSON.stringify(MOD.href)};
const registry = openRegistry([{ dir: ${
    JSON.stringify(root)
  }, shipped: false }]);
console.log(registry.require("demo/echo@1").entry.title);`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      `--allow-read=${root}`,
      `--config=${new URL("../../deno.json", import.meta.url).pathname}`,
      `data:application/typescript,${encodeURIComponent(code)}`,
    ],
    env: { DENO_AUDIT_PERMISSIONS: audit },
  }).output();
  assert.equal(
    new TextDecoder().decode(stdout),
    "Entry one\n",
    new TextDecoder().decode(stderr),
  );
  const lines = Deno.readTextFileSync(audit).trim().split("\n");
  const paths = lines.map((line) => JSON.parse(line))
    .filter(({ permission }) => permission === "read")
    .map(({ value }) => String(value)).filter((path) => path.startsWith(root));
  return [...new Set(paths)].map((path) => path.slice(root.length)).sort();
}
