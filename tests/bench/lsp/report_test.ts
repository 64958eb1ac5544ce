import assert from "node:assert/strict";
import { barsOf, partOf } from "../../../bench/lsp/report.ts";
import { bestOf, roundsOf, type Row } from "../../../bench/lsp/rounds.ts";
import { ourServers, peerServers } from "../../../bench/lsp/servers.ts";
import { isMet, partText } from "../../../bench/plan.ts";

const [RELEASED] = ourServers({ deno: "deno", source: "/s", release: "/r" });
const [YAML, , TOMBI] = peerServers("/m", { node: "node", tombi: "tombi" });
const FOUND = {
  first: 50,
  memory: 50 * 1024 ** 2,
  edit: 2,
  burst: 100,
  publishes: 1,
};

function row(
  server: Row["server"] | undefined,
  { language = "yaml", size = 1e3, ...more }: Partial<Row & Row["found"]>,
): Row {
  assert.ok(server !== undefined);
  return { language, size, server, found: { ...FOUND, ...more } };
}

Deno.test("ourServers() are granted what they read, and nothing else", () => {
  assert.deepEqual(RELEASED?.command, [
    ...["deno", "run", "--no-prompt", "--allow-read=/r,.", "/r/lsp.js"],
  ]);
});

Deno.test("partOf() shows what a server takes beyond what it always waits", () => {
  const rows = [row(RELEASED, {}), row(YAML, { first: 500, edit: 206 })];
  const part = partOf({ language: "yaml", size: 1e4 }, { rows, bare: 20 });
  assert.equal(part.title, "yaml, 10 kB");
  const text = partText(part);
  assert.match(
    text,
    /\| 50\.0 \| 2\.50× \| {2}\| 2\.0 \| {2}\| 100 \| 1 \| 50\.0 MB \|/,
  );
  assert.match(
    text,
    /waits 200 ms \| 500\.0 \| 25\.00× \| 300\.0 \| 206\.0 \| 6\.0 \|/,
  );
});

Deno.test("partOf() says which server was silent", () => {
  const rows = [{ ...row(YAML, {}), found: undefined }];
  const text = partText(
    partOf({ language: "yaml", size: 1e6 }, { rows, bare: 20 }),
  );
  assert.match(text, /\| yaml-language-server .* \| says nothing for 30 s \|/);
});

Deno.test("barsOf() holds ours against the limits and against peers in JavaScript", () => {
  const rows = [
    row(RELEASED, {}),
    row(RELEASED, { size: 1e6, edit: 200, publishes: 2 }),
    row(YAML, { first: 260 }),
    { ...row(YAML, { size: 1e6 }), found: undefined },
    row(TOMBI, { first: 6, language: "toml" }),
    row(RELEASED, { size: 1e4, first: 100 }),
  ];
  const bars = barsOf(rows, { bare: 20, shutdown: [3, 60], gone: [90] });
  const found = Object.fromEntries(
    bars.map((bar) => [bar.name, [bar.found, isMet(bar)]]),
  );
  assert.deepEqual(found, {
    "first finding, of a bare start": [2.5, true],
    "first finding, of that of yaml-language-server 2.0.0 net of its 200 ms": [
      50 / 60,
      true,
    ],
    "first finding at 10 kB, of a bare start": [5, false],
    "edit at 10 kB": [2, true],
    "edit at 1 MB": [200, false],
    "50 edits at 1 MB": [100, true],
    "50 edits at 1 MB, published": [2, false],
    "memory at rest, up to 10 kB": [50, true],
    "`shutdown` during a check of 10 MB": [60, false],
    "the end of a server without its editor, during such a check": [90, true],
  });
});

Deno.test("bestOf() takes the shortest times, and the middle of the rest", () => {
  const all = [7, 9, 8].map((n) => ({ ...FOUND, first: n, memory: n }));
  assert.deepEqual(bestOf(all), { ...FOUND, first: 7, memory: 8 });
});

Deno.test("roundsOf() measures what takes seconds less often", () => {
  const rounds = [1e3, 1e4, 1e6, 1e7].map((size) =>
    roundsOf({ language: "json", size }, 10)
  );
  assert.deepEqual(rounds, [10, 10, 5, 2]);
});
