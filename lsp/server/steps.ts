import type { MessageStrategy } from "vscode-languageserver";

/** One of those that see a message before it is handled; it need not pass it on. */
export type Step = MessageStrategy["handleMessage"];

/** All of them, one after the other. */
export function inSteps(steps: readonly Step[]): MessageStrategy {
  const handleMessage = steps.reduceRight<Step>(
    (rest, step) => (message, next) =>
      step(message, (passed) => rest(passed, next) ?? Promise.resolve()),
    (message, next) => next(message),
  );
  return { handleMessage };
}
