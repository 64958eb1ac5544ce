import assert from "node:assert/strict";
import { openRegistry, openRegistryAhead } from "../../registry/mod.ts";
import { quickRegistry, rootsFrom, SHIPPED_DIR } from "../../registry/quick.ts";
import { READ_AHEAD_FILE } from "../../registry/read_ahead.ts";
import { readAheadText } from "../style/read_ahead.ts";

const SHIPPED = rootsFrom({ cwd: "/", shippedDir: SHIPPED_DIR });

Deno.test("the shipped entries that were read ahead are up to date", () => {
  const text = Deno.readTextFileSync(`${SHIPPED_DIR}/${READ_AHEAD_FILE}`);
  assert.equal(text, readAheadText(), "run: deno task schemas");
});

for (
  const [name, open] of Object.entries({ quickRegistry, openRegistryAhead })
) {
  Deno.test(`${name}() answers what openRegistry() answers`, async () => {
    const quick = await open(SHIPPED);
    const thorough = openRegistry(SHIPPED);
    const refs = thorough.list().map(({ ref }) => ref);
    assert.ok(refs.length > 0);
    assert.deepEqual(quick.list(), thorough.list());
    for (const ref of refs) {
      assert.deepEqual(quick.require(ref), thorough.require(ref));
    }
  });

  Deno.test(`${name}() suggests as openRegistry() does`, async () => {
    const quick = await open(SHIPPED);
    assert.throws(() => quick.require("llm/litelm@1"), {
      code: "ERR_REF_UNKNOWN",
      message: /did you mean "llm\/litellm@1"$/,
    });
  });

  Deno.test(`${name}() reads what is new or other in the shipped root`, async () => {
    const dir = await Deno.makeTempDir();
    try {
      const copy = async (place: string, change: (text: string) => string) => {
        const text = Deno.readTextFileSync(`${SHIPPED_DIR}/${place}`);
        const target = `${dir}/${place.replace("template", "ns/name/1")}`;
        const folder = target.slice(0, target.lastIndexOf("/"));
        await Deno.mkdir(folder, { recursive: true });
        await Deno.writeTextFile(target, change(text));
      };
      const roots = [{ dir, shipped: true }];
      const litellm = "llm/litellm/1/registry.yaml";
      await copy(READ_AHEAD_FILE, (text) => text);
      await copy(litellm, (text) => text);
      const changed = (title: string) => (text: string) =>
        text.replace(/^title: .*$/m, `title: ${title}`);
      const titleOf = async (ref: string) =>
        (await open(roots)).entry(ref)?.entry.title;
      assert.match(await titleOf("llm/litellm@1") ?? "", /Chat/i);
      await copy(litellm, changed("Changed"));
      assert.equal(await titleOf("llm/litellm@1"), "Changed");
      await copy(litellm, (text) => text);
      await copy("template/registry.yaml", changed("New"));
      assert.equal(await titleOf("ns/name@1"), "New");
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  });

  Deno.test(`${name}() reads entries of other roots, which come first`, async () => {
    const dir = await Deno.makeTempDir();
    try {
      const place = "llm/litellm/1/registry.yaml";
      const text = Deno.readTextFileSync(`${SHIPPED_DIR}/${place}`);
      await Deno.mkdir(`${dir}/llm/litellm/1`, { recursive: true });
      const changed = text.replace(/^title: .*$/m, "title: Mine");
      await Deno.writeTextFile(`${dir}/${place}`, changed);
      const quick = await open([{ dir, shipped: false }, ...SHIPPED]);
      assert.equal(quick.entry("llm/litellm@1")?.entry.title, "Mine");
      assert.equal(quick.entry("replicate/generic@1")?.root.shipped, true);
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  });
}
