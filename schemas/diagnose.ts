import { severityOf } from "./catalogue/mod.ts";
import type { Diagnostic, Fix } from "./diagnostic.ts";
import { hideSecrets } from "./secret_shapes.ts";

/** Where a finding is and what is known beside its message. */
export type Place =
  & Pick<Diagnostic, "span">
  & Partial<Pick<Diagnostic, "pointer" | "expected" | "fixes" | "related">>;

/**
 * A finding with the severity that the catalogue gives its code; `pointer` is the whole document by default. What looks
 * like a secret is covered in what people read, wherever it stands; `pointer` leads to it, and is covered where it is
 * written out.
 */
export function diagnose(
  code: string,
  message: string,
  { fixes = [], expected, ...place }: Place,
): Diagnostic {
  return {
    code,
    severity: severityOf(code),
    message: hideSecrets(message),
    pointer: "",
    ...place,
    ...(expected === undefined ? {} : { expected: hideSecrets(expected) }),
    ...(fixes.length === 0 ? {} : { fixes: fixes.map(covered) }),
  };
}

function covered(fix: Fix): Fix {
  return { ...fix, title: hideSecrets(fix.title) };
}

/** The same findings in order of position, each once. */
export function inOrder(
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const each of diagnostics) {
    const { span, code, pointer, message } = each;
    const key = JSON.stringify([span.start, span.end, code, pointer, message]);
    if (!seen.has(key)) seen.set(key, each);
  }
  return [...seen.values()].sort((a, b) =>
    a.span.start - b.span.start || a.span.end - b.span.end ||
    compare(a.code, b.code) || compare(a.pointer, b.pointer)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
