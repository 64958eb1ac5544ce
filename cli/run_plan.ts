import {
  expandWritePrefix,
  Failure,
  type Mode,
  outputSlug,
  parseMode,
  parseRef,
  resolve,
  type WritePrefix,
} from "../schemas/mod.ts";
import type { SaveTarget } from "../adapters/mod.ts";
import { parseAttachments } from "./attachments.ts";
import type { InputsFlags } from "./read_inputs.ts";
import { parseSpan } from "./spans.ts";
import type { World } from "./world.ts";

/** Flags of every command that runs a processor. */
export interface RunFlags extends InputsFlags {
  readonly ref: string | undefined;
  readonly mode: string | undefined;
  readonly attach: readonly string[];
  readonly writePrefix: string | undefined;
  readonly executionId: string | undefined;
  readonly timeout: string | undefined;
  readonly wait: string | undefined;
  readonly grace: string | undefined;
  readonly saveDir: string | undefined;
  readonly saveFirst: string | undefined;
  readonly stream: boolean;
  readonly registry: readonly string[];
  readonly stateDir: string | undefined;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** What the flags alone decide about a run. */
export interface RunPlan {
  readonly executionId: string;
  readonly mode: Mode | undefined;
  readonly attachments: ReadonlyMap<string, string>;
  readonly timeoutS: number | undefined;
  readonly patience: Patience;
  readonly save: SaveTarget | undefined;
}

/** What is waited for besides the run itself, in milliseconds. */
export interface Patience {
  readonly waitMs?: number;
  readonly graceMs?: number;
}

/** Understands the flags of a run; throws `Failure` for what is wrong with them. */
export function planRun(flags: RunFlags, world: World): RunPlan {
  if (flags.ref !== undefined && parseRef(flags.ref) === undefined) {
    throw wrongRef(flags.ref);
  }
  return {
    executionId: executionIdOf(flags.executionId, world),
    mode: flags.mode === undefined ? undefined : parseMode(flags.mode),
    attachments: parseAttachments(flags.attach),
    timeoutS: flags.timeout === undefined
      ? undefined
      : parseSpan(flags.timeout, "--timeout") / 1000,
    patience: patienceOf(flags),
    save: saveTarget(flags, world),
  };
}

function patienceOf({ wait, grace }: RunFlags): Patience {
  return {
    ...(wait === undefined ? {} : { waitMs: parseSpan(wait, "--wait") }),
    ...(grace === undefined ? {} : { graceMs: parseSpan(grace, "--grace") }),
  };
}

/** The failure for a text that is no ref. */
export function wrongRef(ref: string): Failure {
  return new Failure(
    "ERR_REF_INVALID",
    `Cannot use ref "${ref}": expected ns/name@version`,
    {
      hint: "Write it like llm/litellm@1",
    },
  );
}

function executionIdOf(given: string | undefined, world: World): string {
  const id = given ?? world.uuid();
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(id) && !id.includes("..")) {
    return id;
  }
  throw new Failure(
    "ERR_USAGE",
    `Cannot use --execution-id "${id}": it is no plain name`,
    {
      hint:
        "Use up to 128 letters, digits, . _ and -, beginning with a letter or digit",
    },
  );
}

function saveTarget(
  { saveDir, saveFirst }: RunFlags,
  world: World,
): SaveTarget | undefined {
  if (saveDir !== undefined && saveFirst !== undefined) {
    throw new Failure(
      "ERR_USAGE",
      "Cannot save outputs: --save-dir and --save-first exclude each other",
    );
  }
  if (saveDir !== undefined) {
    return { kind: "dir", path: resolve(world.cwd, saveDir) };
  }
  return saveFirst === undefined
    ? undefined
    : { kind: "first", path: resolve(world.cwd, saveFirst) };
}

/** The write prefix of a run as it is given; `template` is the command's default. */
export function prefixTemplate(
  flags: RunFlags,
  template: (slug: string) => string,
  ref: string,
): string {
  const parsed = parseRef(ref);
  if (parsed === undefined) throw wrongRef(ref);
  return flags.writePrefix ?? template(outputSlug(parsed));
}

/** The write prefix of one execution. */
export function expandPrefix(
  template: string,
  executionId: string,
): WritePrefix {
  const result = expandWritePrefix(template, executionId);
  if (result.ok) return result.path;
  throw new Failure(result.problem.code, result.problem.message);
}
