import assert from "node:assert/strict";
import { pullSteps } from "../../../cli/progress/pull_steps.ts";
import type { BytesDone } from "../../../cli/progress/progress_state.ts";

/** What is shown of the steps of a pull. */
function shown(steps: readonly BytesDone[]): readonly string[] {
  const lines: string[] = [];
  const show = pullSteps({
    begin: (phase, subject) => lines.push(`${phase} ${subject}`),
    reach: (phase, subject, { done, total }) =>
      lines.push(`${phase} ${subject} ${done} of ${total}`),
  }, "demo/echo@1");
  steps.forEach(show);
  return lines;
}

Deno.test("pullSteps() shows bytes as soon as they are known", () => {
  const steps = [
    { done: 0, total: 0 },
    { done: 5, total: 10 },
    { done: 20, total: 20 },
  ];
  assert.deepEqual(shown(steps), [
    "pull demo/echo@1",
    "pull demo/echo@1 5 of 10",
    "pull demo/echo@1 20 of 20",
  ]);
});

Deno.test("pullSteps() shows a pull once of which no bytes are known", () => {
  const step = { done: 0, total: 0 };
  assert.deepEqual(shown([step, step, step]), ["pull demo/echo@1"]);
});
