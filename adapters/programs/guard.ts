/** Watches over the containers of one run for the command that began it: a program of its own, see `guardRun`. */
import type { EngineSocket } from "../containers/addresses.ts";
import { askEngine } from "../containers/ask_engine.ts";
import type { Guarded } from "./guarded.ts";
import { DONE } from "./guarded.ts";

/** How often it looks, since a container may be made in this moment, and how many milliseconds lie between. */
const LOOKS = 8;
const PAUSE = 400;

if (import.meta.main) await guard();

async function guard(): Promise<void> {
  const [first = "", second] = (await new Response(Deno.stdin.readable).text())
    .split("\n");
  if (second === DONE || first === "") return;
  const guarded: Guarded = JSON.parse(first);
  for (let look = 0; look < LOOKS; look++) {
    // An engine that does not answer now may do so later.
    const ids = await idsOf(guarded).catch(() => []);
    await Promise.all(ids.map((id) => end(id, guarded).catch(() => {})));
    await pause(PAUSE);
  }
}

async function idsOf({ at, label }: Guarded): Promise<readonly string[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
  const { body } = await askEngine(
    at,
    `/containers/json?all=1&filters=${filters}`,
  );
  return Array.isArray(body) ? body.map(({ Id }) => String(Id)) : [];
}

async function end(id: string, { at, graceMs }: Guarded): Promise<void> {
  const path = `/containers/${id}`;
  const kill = `${path}/kill?signal=SIGTERM`;
  await askEngine(at, kill, "POST").catch(() => {});
  const until = performance.now() + graceMs;
  while (performance.now() < until && await runs(id, at)) await pause(50);
  await askEngine(at, `${path}?force=1&v=1`, "DELETE").catch(() => {});
}

async function runs(id: string, at: EngineSocket): Promise<boolean> {
  const { body } = await askEngine(at, `/containers/${id}/json`);
  const { State } = body as { State?: { Running?: boolean } };
  return State?.Running === true;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
