import { canonicalJson, exitOf, Failure } from "../schemas/mod.ts";
import type { Request } from "./application.ts";
import { grantedOf, isEmpty, union } from "./permission_sets.ts";
import { ensureDeclared, optionalFor, withPlaces } from "./permissions.ts";
import { whenKilled } from "./signals.ts";
import { inFull } from "./in_full.ts";
import { MENU } from "./menu.ts";
import { type Before, nextCommand } from "./next_command.ts";
import { printable } from "./printable.ts";
import type { World } from "./world.ts";

/**
 * Makes sure of the permissions and does what was asked for: in a Worker that is narrowed to them, when
 * more is granted. Answers the exit code.
 */
export async function conclude(asked: Request): Promise<number> {
  const { world } = asked.input;
  return await settled(asked, async () => {
    const request = await withPlaces(asked);
    await refuseBroken(request);
    const declared = await ensureDeclared(request);
    if (isEmpty(declared)) return await perform(request);
    const optional = await grantedOf(optionalFor(request), world);
    const set = union(declared, optional);
    if (!await world.permissions.exceeds(set)) return await perform(request);
    const { runNarrowed } = await import("./narrowed.ts");
    return await runNarrowed(request, set);
  });
}

/** Settings with errors end everything but the command that shows them. */
async function refuseBroken(
  { command, input: { world } }: Request,
): Promise<void> {
  const { broken, findings } = world.settings ?? {};
  if (broken === undefined || command.path[0] === "check") return;
  if (findings !== undefined) {
    const { printFindings } = await import("./findings.ts");
    await printFindings(findings.diagnostics, findings.source, world);
  }
  throw broken;
}

/** Does what was asked for, right here; answers the exit code, at once when killed. */
export function perform(request: Request): Promise<number> {
  const done = settled(request, async () => {
    const { run } = await request.command.load();
    return await run(request.input);
  });
  return Promise.race([whenKilled(request.input.world), done]);
}

/** Turns whatever ends a command into an exit code and a message. */
async function settled(
  { input: { flags, world } }: Request,
  action: () => Promise<number>,
): Promise<number> {
  try {
    return await action();
  } catch (error) {
    const failure = asFailure(error, world);
    const json = flags["json"] === true ? failureJson(failure) : undefined;
    return tellFailure(failure, { json, flags, world });
  }
}

/** Tells a failure, to scripts as JSON where they get it, and to people; answers the exit code. */
export function tellFailure(
  failure: Failure,
  { json, ...before }: Before & { readonly json?: string | undefined },
): number {
  const { world } = before;
  try {
    if (json !== undefined) world.stdout.write(`${json}\n`);
  } catch {
    // Nothing more can be written there; people are still told what failed first.
  }
  printFailure(failure, before);
  return exitFor(failure, world);
}

/** The one table from failure to exit code; an interrupt keeps its signal's. */
export function exitFor(failure: Failure, world: World): number {
  if (world.interrupted.aborted && isCancel(failure.code)) {
    return Number(world.interrupted.reason);
  }
  return exitOf(failure.code);
}

function isCancel(code: string): boolean {
  return code === "ERR_INTERRUPTED" || code === "ERR_PREEMPTED";
}

/** What was thrown, as a failure: a missing permission and a bug have codes of their own. */
export function asFailure(error: unknown, world: World): Failure {
  if (error instanceof Failure) return error;
  if (world.interrupted.aborted) {
    return new Failure("ERR_INTERRUPTED", "Interrupted");
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && isDenied(error)) {
    return new Failure("ERR_PERMISSION", `Cannot go on: ${message}`, {
      cause: error,
    });
  }
  const stack = error instanceof Error ? error.stack ?? message : message;
  return new Failure("ERR_INTERNAL", `Cannot go on: ${message}`, {
    hint: stack,
    cause: error,
  });
}

/** A module that may not be read is reported as a TypeError. */
function isDenied({ name, message }: Error): boolean {
  return name === "NotCapable" ||
    message.includes("run again with the --allow-");
}

/** Writes a failure for people: code, message and what to do, in lines that work when they are typed. */
export function printFailure(failure: Failure, before: Before): void {
  const { world } = before;
  const paint = (text: string) =>
    world.stderr.color ? `\x1b[31m${text}\x1b[0m` : text;
  const code = paint(`error ${printable(failure.code)}`);
  world.stderr.write(`${code} ${printable(failure.message)}\n`);
  if (failure.hint === undefined) return;
  const paths = MENU.map(({ path }) => path);
  const hint = inFull(
    failure.hint,
    paths,
    (path) => nextCommand(path, before),
  );
  world.stderr.write(`${printable(hint)}\n`);
}

/** An error as the envelope that scripts read, for commands that have no execution. */
function failureJson({ code, message, hint, details }: Failure): string {
  const error = {
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(details === undefined ? {} : { details }),
  };
  return canonicalJson({ status: "error", execution_id: "", error, meta: {} });
}
