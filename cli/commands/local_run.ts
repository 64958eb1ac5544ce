import type { CommandInput } from "../command.ts";
import { runPipeline } from "../run_pipeline.ts";
import type { RunFlags } from "../run_plan.ts";

/** Runs a processor and prints its envelope. */
export function run(input: CommandInput<RunFlags>): Promise<number> {
  return runPipeline(
    input,
    (slug) => `/artifacts/outputs/${slug}/{execution_id}/`,
  );
}
