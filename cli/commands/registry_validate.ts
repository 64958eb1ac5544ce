import { registryOf } from "../registry_of.ts";
import type { CommandInput } from "../command.ts";
import { printReport, type ReportFormat } from "../print_report.ts";

interface Flags {
  readonly registry: readonly string[];
  readonly format: string | undefined;
  readonly json: boolean;
}

/** Checks entries and reports every problem with its place. */
export function run(
  { flags, operands, world }: CommandInput<Flags>,
): Promise<number> {
  const registry = registryOf(flags, world);
  const entries = operands.length === 0
    ? registry.scan()
    : operands.map((ref) => registry.load(ref));
  const findings = entries.map(({ source, diagnostics }) => ({
    source,
    diagnostics,
  }));
  const format = (flags.json ? "json" : flags.format ?? "text") as ReportFormat;
  return Promise.resolve(printReport(findings, format, world));
}
