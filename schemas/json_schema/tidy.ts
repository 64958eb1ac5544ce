import { type Suggest, suggester } from "../nearest.ts";
import { pointerOf } from "../json_pointer.ts";
import type { Finding } from "./findings.ts";

/** Keywords about a value as a whole, the most telling first: one of them is told for each value. */
const VALUE_KEYWORDS = [
  "forbidden",
  "type",
  "const",
  "enum",
  "format",
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "exclusiveMinimum",
  "maximum",
  "exclusiveMaximum",
  "multipleOf",
];

/** Leaves one finding for each mistake. */
export function tidy(findings: readonly Finding[]): readonly Finding[] {
  return oneForTypos(oneForValues(findings));
}

function oneForValues(findings: readonly Finding[]): readonly Finding[] {
  const chosen = new Map<string, Finding>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const before = chosen.get(key);
    const [better, other] =
      before !== undefined && rank(before) <= rank(finding)
        ? [before, finding]
        : [finding, before];
    chosen.set(key, withValues(better, other));
  }
  return [...chosen.values()];
}

/** Findings about one value have one key; others stand alone. */
function keyOf(finding: Finding): string {
  const { site, keyword, keys = [] } = finding;
  const about = rank(finding) < 0 ? [keyword, ...keys] : [];
  return JSON.stringify([site.path, about]);
}

/** A wrong type is told with the values that are allowed, when those are known. */
function withValues(finding: Finding, other: Finding | undefined): Finding {
  const values = finding.values ?? other?.values;
  return values === undefined || finding.keyword === "forbidden"
    ? finding
    : { ...finding, values };
}

function rank({ keyword }: Finding): number {
  return VALUE_KEYWORDS.indexOf(keyword);
}

/** A mistyped key is not also told as missing. */
function oneForTypos(findings: readonly Finding[]): readonly Finding[] {
  const unknown = new Map<string, string[]>();
  for (const { keyword, site } of findings) {
    if (keyword !== "unknown key") continue;
    const parent = pointerOf(site.path.slice(0, -1));
    const keys = unknown.get(parent) ?? [];
    keys.push(String(site.path.at(-1)));
    unknown.set(parent, keys);
  }
  if (unknown.size === 0) return findings;
  const suggest = suggester();
  return findings.filter(({ keys, site }) =>
    keys === undefined ||
    !meant(keys, unknown.get(pointerOf(site.path)) ?? [], suggest)
  );
}

function meant(
  missing: readonly string[],
  unknown: readonly string[],
  suggest: Suggest,
): boolean {
  return missing.some((key) => suggest(key, unknown) !== undefined);
}
