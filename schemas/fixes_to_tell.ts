import type { Fix } from "./diagnostic.ts";
import { secretsIn } from "./secret_shapes.ts";

/** The fixes that may leave the program: none of which the text holds what looks like a secret of the document. */
export function fixesToTell(
  fixes: readonly Fix[] | undefined,
): { readonly fixes?: readonly Fix[] } {
  if (fixes === undefined) return {};
  const told = fixes.filter(({ edits }) =>
    edits.every(({ text }) => secretsIn(text).length === 0)
  );
  return told.length === 0 ? {} : { fixes: told };
}
