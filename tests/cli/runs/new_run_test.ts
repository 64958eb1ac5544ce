import assert from "node:assert/strict";
import { recordedWords } from "../../../cli/runs/new_run.ts";
import { shortEvent } from "../../../cli/runs/short_event.ts";

Deno.test("recordedWords() leaves inputs and secrets out", () => {
  const cases: readonly (readonly [readonly string[], readonly string[]])[] = [
    [["run", "--inputs-json", '{"a":1}', "--json"], [
      "run",
      "--inputs-json",
      "(inputs)",
      "--json",
    ]],
    [["--inputs-json={}"], ["--inputs-json=(inputs)"]],
    [["--inputsJson", "{}"], ["--inputsJson", "(inputs)"]],
    [["--inputsJson={}"], ["--inputsJson=(inputs)"]],
    [["--save-dir", "out-hunter22-x"], ["--save-dir", "out-***-x"]],
    [["--attach", "a=hunter22=hunter22"], ["--attach", "a=***=***"]],
    [["--inputs-file", "a.json"], ["--inputs-file", "a.json"]],
  ];
  for (const [words, recorded] of cases) {
    assert.deepEqual(recordedWords(words, ["hunter22"]), recorded);
  }
});

Deno.test("recordedWords() covers what looks like a key of a service", () => {
  const key = `sk-${"a1B2".repeat(8)}`;
  const [word = ""] = recordedWords([`--write-prefix=/artifacts/${key}/`], []);
  assert.ok(!word.includes(key));
  assert.match(word, /^--write-prefix=\/artifacts\/\*+\/$/);
});

Deno.test("shortEvent() keeps the beginning of what is long", () => {
  const short = { kind: "Event", content: { phase: "x", n: 1 } } as const;
  assert.equal(shortEvent(short), short);
  const long = "y".repeat(10_000);
  assert.deepEqual(
    shortEvent({ kind: "Event", content: { phase: "x", long } }),
    { kind: "Event", content: { phase: "x", cut: true } },
  );
  const log = shortEvent({ kind: "Log", content: { msg: long } });
  assert.deepEqual(log, {
    kind: "Log",
    content: { msg: long.slice(0, 4000), cut: true },
  });
});
