import assert from "node:assert/strict";
import { openRegistry } from "../../registry/mod.ts";
import { quickRegistry, rootsFrom, SHIPPED_DIR } from "../../registry/quick.ts";
import { READ_AHEAD_FILE } from "../../registry/read_ahead.ts";
import { readAheadText } from "../style/read_ahead.ts";

const SHIPPED = rootsFrom({ shippedDir: SHIPPED_DIR });

Deno.test("the shipped entries that were read ahead are up to date", () => {
  const text = Deno.readTextFileSync(`${SHIPPED_DIR}/${READ_AHEAD_FILE}`);
  assert.equal(text, readAheadText(), "run: deno task schemas");
});

Deno.test("quickRegistry() answers what openRegistry() answers", async () => {
  const quick = await quickRegistry(SHIPPED);
  const thorough = openRegistry(SHIPPED);
  const refs = thorough.list().map(({ ref }) => ref);
  assert.ok(refs.length > 0);
  assert.deepEqual(quick.list(), thorough.list());
  for (const ref of refs) {
    assert.deepEqual(quick.require(ref), thorough.require(ref));
  }
});

Deno.test("quickRegistry() suggests as openRegistry() does", async () => {
  const quick = await quickRegistry(SHIPPED);
  assert.throws(() => quick.require("llm/litelm@1"), {
    code: "ERR_REF_UNKNOWN",
    message: /did you mean "llm\/litellm@1"$/,
  });
});

Deno.test("quickRegistry() reads entries of other roots, which come first", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const place = "llm/litellm/1/registry.yaml";
    const text = Deno.readTextFileSync(`${SHIPPED_DIR}/${place}`);
    await Deno.mkdir(`${dir}/llm/litellm/1`, { recursive: true });
    const changed = text.replace(/^title: .*$/m, "title: Mine");
    await Deno.writeTextFile(`${dir}/${place}`, changed);
    const quick = await quickRegistry([{ dir, shipped: false }, ...SHIPPED]);
    assert.equal(quick.entry("llm/litellm@1")?.entry.title, "Mine");
    assert.equal(quick.entry("replicate/generic@1")?.root.shipped, true);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
