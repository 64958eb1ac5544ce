import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type EngineAddress,
  engineAddresses,
} from "../../../adapters/containers/addresses.ts";

const DATA = join(import.meta.dirname ?? ".", "../testdata/containers");

/** One environment a line; the answer is what is looked for in it. */
Deno.test("engineAddresses() goes by the environment, then to the usual places", async () => {
  const lines = (await Deno.readTextFile(join(DATA, "addresses.txt")))
    .trimEnd().split("\n");
  const found = lines.map((line) => {
    const env = new Map(
      line.split(" ").map((pair) => {
        const end = pair.indexOf("=");
        return [pair.slice(0, end), pair.slice(end + 1)] as const;
      }),
    );
    const addresses = engineAddresses((name) => env.get(name));
    return [line, ...addresses.map((one) => `  ${shown(one)}`)].join("\n");
  });
  assert.equal(
    `${found.join("\n")}\n`,
    await Deno.readTextFile(join(DATA, "addresses.out")),
  );
});

function shown({ from, url, at, refused }: EngineAddress): string {
  const where = at === undefined
    ? `refused, ${refused}`
    : "path" in at
    ? at.path
    : `${at.hostname} ${at.port}`;
  return `${from} ${url} → ${where}`;
}
