import assert from "node:assert/strict";
import type { RunRecord } from "../../adapters/mod.ts";
import { HELLO, spawn, theory, workFolder } from "./theory.ts";

const RUNS = 200;
/** How often each id is run: attempts with one id are all kept. */
const ATTEMPTS = 2;

/** Bytes that a waiting run takes at most. */
const RUN_BYTES = 80 * 2 ** 20;

/** How many runs this machine has memory for at once, a fifth of which is left alone. */
const AT_ONCE = Math.max(
  1,
  Math.min(
    RUNS,
    Math.floor(Deno.systemMemoryInfo().available * 0.8 / RUN_BYTES),
  ),
);

/** Starts runs that wait for their inputs, lets all of them go on together, and answers how each ended. */
async function together(ids: readonly string[], cwd: string) {
  const line = ["localctl", "run", "--ref", "llm/litellm@1", "--mode", "smoke"];
  const children = ids.map((id) =>
    spawn([...line, "--inputs", "-", "--execution-id", id], { cwd })
  );
  const outputs = children.map((child) => child.output());
  const writers = children.map(({ stdin }) => stdin.getWriter());
  const bytes = new TextEncoder().encode(HELLO);
  // What is written waits in the pipe, so nobody is late; a run goes on only when its inputs end.
  await Promise.all(writers.map((writer) => writer.write(bytes)));
  await Promise.all(writers.map((writer) => writer.close()));
  return await Promise.all(outputs);
}

Deno.test(`${RUNS} run processes, ${AT_ONCE} of them at once, lose no record`, async () => {
  await using folder = await workFolder();
  const cwd = folder.dir;
  const ids = Array.from(
    { length: RUNS },
    (_, i) => `E${i % (RUNS / ATTEMPTS)}`,
  );
  const decoder = new TextDecoder();
  for (let done = 0; done < ids.length; done += AT_ONCE) {
    const ended = await together(ids.slice(done, done + AT_ONCE), cwd);
    for (const { code, stdout, stderr } of ended) {
      assert.equal(code, 0, decoder.decode(stderr));
      assert.equal(JSON.parse(decoder.decode(stdout)).status, "success");
    }
  }
  const list = await theory(["runs", "list", "--limit", "999", "--json"], {
    cwd,
  });
  const { runs }: { readonly runs: readonly RunRecord[] } = JSON.parse(
    list.stdout,
  );
  const recorded = runs.map(({ execution_id, attempt, status, exit_code }) =>
    `${execution_id} ${attempt} ${status} ${exit_code}`
  );
  const expected = ids.map((id, i) =>
    `${id} ${1 + Math.floor(i / (RUNS / ATTEMPTS))} success 0`
  );
  assert.deepEqual(recorded.sort(), expected.sort());
});
