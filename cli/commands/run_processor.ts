import { Failure, isObject } from "../../schemas/mod.ts";
import type { CommandInput } from "../command.ts";
import { runPipeline } from "../run_pipeline.ts";
import type { RunFlags } from "../run_plan.ts";

interface Flags extends RunFlags {
  readonly adapter: string | undefined;
  readonly plan: string | undefined;
  readonly adapterOptsJson: string | undefined;
}

/** The older name of `localctl run`: other defaults, same pipeline. */
export function run(input: CommandInput<Flags>): Promise<number> {
  const { flags } = input;
  const timeout = flags.timeout ?? timeoutOf(flags.adapterOptsJson);
  return runPipeline(
    { ...input, flags: { ...flags, timeout } },
    () => "/artifacts/outputs/",
  );
}

function timeoutOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const options = parse(text);
  if (!isObject(options)) throw wrong(text, "expected a JSON object");
  const unknown = Object.keys(options).find((key) => key !== "timeout_s");
  if (unknown !== undefined) {
    throw wrong(text, `"${unknown}" is not known, only "timeout_s" is`);
  }
  const seconds = options["timeout_s"];
  return seconds === undefined ? undefined : String(seconds);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw wrong(text, "it is not JSON", cause);
  }
}

function wrong(text: string, found: string, cause?: unknown): Failure {
  const message = `Cannot parse --adapter-opts-json "${text}": ${found}`;
  return new Failure("ERR_USAGE", message, { cause });
}
