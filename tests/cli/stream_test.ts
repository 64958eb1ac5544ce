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

function shown(
  isTerminal: boolean,
): { readonly out: string; readonly err: string } {
  const texts: string[] = [];
  const stderr = {
    write: (text: string) => void texts.push(text),
    isTerminal,
    color: false,
  };
  const { world, out } = plainWorld([]);
  const printer = eventPrinter({
    ...world,
    stderr: { ...world.stderr, ...stderr },
  });
  for (const event of EVENTS) printer.show(event);
  printer.end();
  return { out: out(), err: texts.join("") };
}

Deno.test("eventPrinter() shows text as it comes on a terminal, without what steers it", () => {
  assert.deepEqual(shown(true), {
    out: "",
    err:
      'started\nHello there\ufffd[2J\nlog half way\npoll {"attempt":2}\nend\n'
        .replace("started", "· started").replace("poll", "· poll"),
  });
});

Deno.test("eventPrinter() writes one JSON object a line elsewhere", () => {
  const { out, err } = shown(false);
  assert.equal(out, "");
  assert.deepEqual(
    err.trimEnd().split("\n").map((line) => JSON.parse(line)),
    EVENTS,
  );
});
