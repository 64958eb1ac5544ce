import { HOUSE, openHouse } from "./house.ts";
import { missing } from "./missing.ts";

/** Keeps a house open until it is interrupted, for many runs of the tests: the variable that it prints names it. */
const OPEN_ONLY = "--house";

if (import.meta.main) Deno.exitCode = await testContainers(Deno.args);

/** Runs the tests of containers with `args` for `deno test`; the answer is its exit code. */
async function testContainers(args: readonly string[]): Promise<number> {
  if (Deno.env.has(HOUSE)) return await denoTest(args);
  const reasons = await missing();
  if (reasons.length > 0) return leftOut(reasons);
  const interrupted = interruption();
  await using house = await openHouse(say, interrupted);
  Deno.env.set(HOUSE, house.file);
  if (!args.includes(OPEN_ONLY)) return await denoTest(args, interrupted);
  say(`export ${HOUSE}=${house.file}`);
  await new Promise((done) => interrupted.addEventListener("abort", done));
  return 0;
}

async function denoTest(
  args: readonly string[],
  signal?: AbortSignal,
): Promise<number> {
  const places = args.some((arg) => arg.startsWith("tests/containers"));
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["test", "--no-prompt", "--frozen", "-A", ...args],
      ...(places ? [] : ["tests/containers"]),
    ],
    ...(signal === undefined ? {} : { signal }),
  }).spawn();
  return (await child.status).code;
}

/** On the machine of a user the tests are left out; where all must run, that is a failure. */
function leftOut(reasons: readonly string[]): number {
  say(
    "Left out the tests of containers, since this machine lacks what they run on:",
  );
  for (const reason of reasons) say(`  ${reason}`);
  return Deno.env.get("CI") === "true" ? 1 : 0;
}

function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(name, () => controller.abort());
  }
  return controller.signal;
}

function say(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}
