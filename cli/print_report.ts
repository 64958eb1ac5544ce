import { hasErrors } from "../schemas/mod.ts";
import {
  type Findings,
  renderGithub,
  renderJson,
  renderSarif,
  renderText,
} from "./report/mod.ts";
import type { World } from "./world.ts";

export type ReportFormat = "text" | "json" | "github" | "sarif";

/** Prints a report on standard output; answers 3 when it holds an error. */
export function printReport(
  findings: readonly Findings[],
  format: ReportFormat,
  world: World,
): number {
  world.stdout.write(render(findings, format, world));
  if (
    format === "text" &&
    findings.every(({ diagnostics }) => diagnostics.length === 0)
  ) {
    const files = findings.length === 1
      ? "1 document"
      : `${findings.length} documents`;
    world.stderr.write(`No problems in ${files}\n`);
  }
  return findings.some(({ diagnostics }) => hasErrors(diagnostics)) ? 3 : 0;
}

function render(
  findings: readonly Findings[],
  format: ReportFormat,
  world: World,
): string {
  if (format === "json") return renderJson(findings);
  if (format === "github") return renderGithub(findings);
  if (format === "sarif") return renderSarif(findings, world.toolkit.version);
  return renderText(findings, { color: world.stdout.color });
}
