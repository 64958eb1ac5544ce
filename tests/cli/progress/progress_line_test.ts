import assert from "node:assert/strict";
import { progressLine } from "../../../cli/progress/progress_line.ts";
import type { ProgressState } from "../../../cli/progress/progress_state.ts";
import { textWidth } from "../../../cli/report/text_width.ts";

const MIB = 1024 * 1024;
const ATTACHING: ProgressState = {
  phase: "attach",
  subject: "movie.mp4",
  sinceMs: 1000,
  bytes: { done: 460 * MIB, total: 1024 * MIB },
};

function lineAt(columns: number, state = ATTACHING): string {
  return progressLine(state, { nowMs: 4200, columns });
}

Deno.test("progressLine() leaves out what does not fit, the bar first", () => {
  const lines = [80, 60, 40, 26, 16, 8].map((columns) => lineAt(columns));
  assert.deepEqual(lines, [
    "Attaching movie.mp4  [########............]  44%  460 MiB of 1.0 GiB  3.2 s",
    "Attaching movie.mp4   44%  460 MiB of 1.0 GiB  3.2 s",
    "Attaching movie.mp4   44%  3.2 s",
    "Attaching movie.mp4   44%",
    "Attaching…   44%",
    "A…   44%",
  ]);
});

Deno.test("progressLine() is never wider than the terminal", () => {
  const states: ProgressState[] = [
    ATTACHING,
    { ...ATTACHING, subject: "映画".repeat(30) },
    { ...ATTACHING, subject: "👩‍👩‍👧‍👦".repeat(9), bytes: { done: 0, total: 0 } },
    { phase: "run", subject: "llm/litellm@1", sinceMs: 0 },
  ];
  for (const state of states) {
    for (let columns = 1; columns <= 120; columns++) {
      const line = lineAt(columns, state);
      assert.ok(textWidth(line) <= columns, `${columns}: ${line}`);
    }
  }
});

Deno.test("progressLine() says how long a phase without bytes takes", () => {
  const state: ProgressState = { phase: "run", subject: "a/b@1", sinceMs: 0 };
  const at = (nowMs: number) => progressLine(state, { nowMs, columns: 80 });
  assert.equal(at(740), "Running a/b@1  0.7 s");
  assert.equal(at(12_300), "Running a/b@1  12 s");
  assert.equal(at(185_000), "Running a/b@1  3 min 5 s");
});

Deno.test("progressLine() stays at 100% when a file grows while it is read", () => {
  const line = lineAt(80, { ...ATTACHING, bytes: { done: 3, total: 2 } });
  assert.match(line, / 100% /);
});

Deno.test("progressLine() does not let a name steer the terminal", () => {
  const line = lineAt(80, { ...ATTACHING, subject: "a\x1b[2J\rb" });
  // deno-lint-ignore no-control-regex -- these must not be there
  assert.doesNotMatch(line, /[\x00-\x1f\x7f]/);
});
