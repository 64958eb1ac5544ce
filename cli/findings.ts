import {
  type Diagnostic,
  Failure,
  type Json,
  positions,
  type Source,
} from "../schemas/mod.ts";
import { hideSecrets } from "../schemas/reading.ts";
import type { World } from "./world.ts";

/** Writes findings for people, on standard error. */
export async function printFindings(
  diagnostics: readonly Diagnostic[],
  source: Source,
  world: World,
): Promise<void> {
  if (diagnostics.length === 0) return;
  const { renderText } = await loadReport();
  world.stderr.write(
    renderText([{ source, diagnostics }], { color: world.stderr.color }),
  );
}

/** Named by a computed address: what Deno sees as an import it reads at start, and most runs find nothing. */
function loadReport(): Promise<typeof import("./report/mod.ts")> {
  return import(new URL("./report/mod.ts", import.meta.url).href);
}

/** The failure of a run whose inputs have errors; its details carry them with line and column. */
export function invalidInputs(
  diagnostics: readonly Diagnostic[],
  source: Source,
): Failure {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const [first] = errors;
  const found = first === undefined ? "no document" : `${first.message}`;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  return new Failure(
    "ERR_INPUTS",
    `Cannot run with ${source.name}: ${found}${more}`,
    {
      details: { diagnostics: errors.map((each) => row(each, source)) },
    },
  );
}

function row(diagnostic: Diagnostic, source: Source): Json {
  const { line, column } = positions(source.text)(diagnostic.span.start);
  const { code, message, pointer } = diagnostic;
  return { code, message, pointer: hideSecrets(pointer), line, column };
}
