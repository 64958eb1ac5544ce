import type { Run } from "../../../../schemas/handler.ts";

const loadedAt = Date.now();
const atLoad = Math.random();

/** Writes whatever could differ from run to run or from machine to machine. */
export async function handle(run: Run): Promise<void> {
  const timers = await afterTimers();
  const seen = {
    loadedAt,
    atLoad,
    timers,
    dates: [new Date(), Date(), new Date().constructor === Date, performance.now()],
    elapsed: [performance.timeOrigin, process.hrtime(), process.uptime()],
    temporal: [`${Temporal.Now.instant()}`, `${Temporal.Now.plainDateISO()}`],
    format: new Intl.DateTimeFormat("en", { dateStyle: "full" }).format(),
    zone: [new Date(0).getTimezoneOffset(), Intl.DateTimeFormat().resolvedOptions().timeZone],
    locale: [Intl.NumberFormat().resolvedOptions().locale, navigator.language],
    random: [Math.random(), crypto.randomUUID()],
    bytes: [...crypto.getRandomValues(new Uint16Array(4))],
    machine: [Deno.pid, Deno.args, navigator.hardwareConcurrency],
  };
  await run.write("response.txt", JSON.stringify(seen, null, 1));
}

async function afterTimers(): Promise<readonly number[]> {
  const seen: number[] = [Date.now()];
  await new Promise((resolve) => setTimeout(resolve, 20));
  seen.push(Date.now());
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      seen.push(Date.now());
      if (seen.length < 5) return;
      clearInterval(timer);
      resolve();
    }, 5);
  });
  return seen;
}
