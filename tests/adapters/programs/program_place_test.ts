import assert from "node:assert/strict";
import { join } from "node:path";
import { programPlace } from "../../../adapters/programs/program_place.ts";
import type { TransportRequest } from "../../../adapters/mod.ts";
import { prefix } from "../entry_fixture.ts";
import { until } from "../sandbox_fixture.ts";
import { leavesOf } from "../shared_fixture.ts";
import type { EngineServer } from "./engine_server.ts";
import { engineServer } from "./engine_server.ts";

/** A guard outlives the run that it watches over. */
const GUARDED = { sanitizeOps: false, sanitizeResources: false };

/** One run, from its place to the end of it; answers the code that it ended with. */
async function runOn(
  engine: EngineServer,
  { timeoutS = 60, signal = new AbortController().signal } = {},
): Promise<string> {
  const processor = { entry: engine.entry, dir: "/none", shipped: false };
  const run = { processor, mode: "mock", executionId: "E1", timeoutS, signal };
  try {
    const place = await programPlace({ ...run, mode: "mock" }, engine.sources);
    const request: TransportRequest = {
      url: place.url,
      executionId: "E1",
      mode: "mock",
      inputs: {},
      writePrefix: prefix("/artifacts/outputs/x/{execution_id}/"),
      timeoutS,
      graceMs: 100,
    };
    const hooks = { signal, onEvent: () => {} };
    await place.transport.run(request, hooks).finally(() => place.leave());
    return "success";
  } catch (error) {
    return `${error}`;
  }
}

Deno.test({
  name:
    "programPlace() tells why a container did not start that cannot be removed then, and has it removed later",
  ...GUARDED,
  async fn() {
    let left = false;
    const refused = { status: 500 };
    await using engine = await engineServer((asked) => {
      if (asked === "POST /containers/c1/start") {
        return Response.json({ message: "no luck" }, refused);
      }
      return asked === "DELETE /containers/c1" && !left
        ? Response.json({ message: "not now" }, refused)
        : undefined;
    });
    const said = await runOn(engine);
    assert.match(
      said,
      /Cannot start "demo\/echo@1": the engine says ".*no luck/,
    );
    assert.equal(engine.made.size, 1);
    left = true;
    await until(() => engine.made.size === 0);
  },
});

/** Requests that an engine does not answer, and who is not there any more when it does. */
const HANGING = [
  "GET /info",
  "POST /containers/create",
  "POST /containers/c1/start",
];

Deno.test({
  name:
    "programPlace() leaves an engine that hangs when the time of a run is over or it is cancelled, and nothing there",
  ...GUARDED,
  async fn() {
    const pairs = HANGING.flatMap((asked) =>
      [[asked, 1], [asked, 60]] as const
    );
    const ended: string[] = [];
    await Promise.all(
      pairs.map(([asked, timeoutS]) =>
        hang(asked, { timeoutS, onEnd: () => ended.push(asked) })
      ),
    );
    // Nothing is there to be removed before a container is asked for.
    assert.deepEqual(ended.slice(0, 2), ["GET /info", "GET /info"]);
  },
});

async function hang(
  where: string,
  { timeoutS, onEnd }: {
    readonly timeoutS: number;
    readonly onEnd: () => void;
  },
): Promise<void> {
  const cancel = new AbortController();
  const goesOn = Promise.withResolvers<undefined>();
  await using engine = await engineServer((asked) => {
    if (asked !== where) return undefined;
    if (timeoutS > 1) cancel.abort();
    return goesOn.promise;
  });
  const { signal } = cancel;
  const said = await runOn(engine, { timeoutS, signal });
  onEnd();
  const isEarly = where === "GET /info";
  const code = timeoutS === 1
    ? /no answer within its 1 s/
    : isEarly
    ? /interrupted/
    : /it was cancelled/;
  assert.match(said, code, where);
  goesOn.resolve(undefined);
  await until(() => isEarly || engine.asked.includes("DELETE /containers/c1"));
  await until(() => engine.made.size === 0);
  const { stateDir } = engine.sources.containers;
  const left = await leavesOf(join(stateDir, "runs")).catch(() => []);
  assert.deepEqual(left, [], where);
}
