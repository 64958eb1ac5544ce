import assert from "node:assert/strict";
import { eventPrinter } from "../../cli/stream.ts";
import type { RunEvent } from "../../schemas/mod.ts";
import { plainWorld } from "./plain_world.ts";

const EVENTS: readonly RunEvent[] = [
  { kind: "Event", content: { phase: "started" } },
  { kind: "Token", content: { text: "Hello " } },
  { kind: "Token", content: { text: "there\u001b[2J" } },
  { kind: "Log", content: { msg: "half way" } },
  { kind: "Event", content: { phase: "poll", attempt: 2 } },
  { kind: "Token", content: { text: "end" } },
];

async function shown(
  isTerminal: boolean,
): Promise<{ readonly out: string; readonly err: string }> {
  const { world, out, err } = plainWorld([]);
  const printer = eventPrinter({
    ...world,
    stderr: { ...world.stderr, isTerminal },
  });
  for (const event of EVENTS) printer.show(event);
  await printer.end();
  return { out: out(), err: err() };
}

Deno.test("eventPrinter() shows text as it comes on a terminal, without what steers it", async () => {
  assert.deepEqual(await shown(true), {
    out: "",
    err:
      'started\nHello there\ufffd[2J\nlog half way\npoll {"attempt":2}\nend\n'
        .replace("started", "· started").replace("poll", "· poll"),
  });
});

Deno.test("eventPrinter() writes one JSON object a line elsewhere", async () => {
  const { out, err } = await shown(false);
  assert.equal(out, "");
  assert.deepEqual(
    err.trimEnd().split("\n").map((line) => JSON.parse(line)),
    EVENTS,
  );
});
