import { Failure, nearest, positions } from "../schemas/mod.ts";
import type { ReadEntry } from "./loaded_entry.ts";

/** The failure for a text that is no ref. */
export function invalidRef(ref: string): Failure {
  return new Failure(
    "ERR_REF_INVALID",
    `Cannot use "${ref}" as a ref: it is not ns/name@version`,
    { hint: "Write it like llm/litellm@1" },
  );
}

/** The failure for a ref that no root has; suggests one of those known. */
export function unknownRef(ref: string, known: readonly string[]): Failure {
  const near = nearest(ref, known) ?? otherVersion(ref, known);
  const question = near === undefined ? "" : `, did you mean "${near}"`;
  return new Failure(
    "ERR_REF_UNKNOWN",
    `Cannot find processor "${ref}": no registry root has it${question}`,
    { details: { known } },
  );
}

function otherVersion(
  ref: string,
  known: readonly string[],
): string | undefined {
  const name = ref.slice(0, ref.indexOf("@") + 1);
  return known.findLast((each) => each.startsWith(name));
}

/** The failure for an entry with errors; names the first one and its place. */
export function brokenEntry(read: ReadEntry): Failure {
  const errors = read.diagnostics.filter((each) => each.severity === "error");
  const [first] = errors;
  const at = positions(read.source.text)(first?.span.start ?? 0);
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : "";
  const found = `${read.file}:${at.line}:${at.column} ${first?.code}${more}`;
  return new Failure(
    "ERR_REGISTRY_ENTRY",
    `Cannot use processor "${read.ref}": its entry has errors, ${found}`,
    { hint: first?.message ?? "", details: { file: read.file } },
  );
}
