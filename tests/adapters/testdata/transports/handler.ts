import type { Run } from "theoryctl/handler";

/** Does the tasks of tests/adapters/originals/task.ts, as those servers do that speak older dialects. */
export async function handle(run: Run): Promise<void> {
  const { do: task, text, ms } = run.params;
  run.token("Hel");
  run.token("lo");
  if (task === "echo") run.token(String(text));
  if (task === "fail") run.fail("ERR_DEMO", String(text));
  if (task === "huge") run.fail("ERR_DEMO", "x".repeat(Number(text)));
  if (task === "rest") await new Promise((done) => setTimeout(done, Number(ms)));
  if (task === "wait") await new Promise(() => {});
  await run.write("response.txt", "done");
}
