import assert from "node:assert/strict";
import { join } from "node:path";
import { containerSpec } from "../../../adapters/containers/container_spec.ts";
import { isObject } from "../../../schemas/mod.ts";

const SPECS = join(import.meta.dirname ?? ".", "../testdata/containers/specs");

/** What is chosen in `NAME.json` is made into what `NAME.out.json` asks of the engine. */
for (const { name } of [...Deno.readDirSync(SPECS)].sort(byName)) {
  if (name.endsWith(".out.json")) continue;
  Deno.test(`containerSpec() of ${name}`, async () => {
    const { secrets, ...choice } = await read(name);
    assert.ok(isObject(secrets));
    const spec = containerSpec({
      ...(choice as unknown as Parameters<typeof containerSpec>[0]),
      secrets: new Map(Object.entries(secrets)) as Map<string, string>,
    });
    const expected = await read(name.replace(".json", ".out.json"));
    assert.deepEqual(JSON.parse(JSON.stringify(spec)), expected);
  });
}

function byName(a: Deno.DirEntry, b: Deno.DirEntry): number {
  return a.name < b.name ? -1 : 1;
}

async function read(name: string): Promise<Record<string, unknown>> {
  return JSON.parse(await Deno.readTextFile(join(SPECS, name)));
}
