import { pointerOf } from "../json_pointer.ts";
import type { Finding } from "./findings.ts";
import { tidy } from "./tidy.ts";

/**
 * What to tell when no branch of `anyOf` or `oneOf` fits: the findings of the branch that was meant. That is
 * the one of the right type whose tag (a property with `const` or `enum`) fits, then the one with the fewest
 * findings, then the one whose findings are deepest. Where nothing tells branches apart, what they allow is
 * put together.
 */
export function bestBranch(
  branches: readonly (readonly Finding[])[],
  union: Finding,
): readonly Finding[] {
  const tidied = branches.map(tidy).filter(({ length }) => length > 0);
  const tags = tagFindings(tidied, union);
  const ranked = tidied.map((findings) => ({
    findings,
    score: scoreOf(findings, union, tags),
  })).sort((a, b) => compare(a.score, b.score));
  const best = ranked[0];
  if (best === undefined) return [union];
  const tag = best.findings.find((finding) => tags.includes(finding));
  if (tag !== undefined) {
    return [together(tags.filter((each) => sameSite(each, tag)))];
  }
  const equals = ranked.filter(({ score }) => compare(score, best.score) === 0);
  const chosen = merged(equals.map(({ findings }) => findings), union) ??
    best.findings;
  return withTypes(chosen, tidied, union);
}

/** Where a value is told to be none of those allowed, the types of other branches are told too. */
function withTypes(
  chosen: readonly Finding[],
  branches: readonly (readonly Finding[])[],
  union: Finding,
): readonly Finding[] {
  const [only, ...rest] = chosen;
  const own = only !== undefined && rest.length === 0 &&
    sort(only.keyword) === "value" && sameSite(only, union);
  if (!own) return chosen;
  const orTypes = distinct(
    branches.filter(({ length }) => length === 1).flat()
      .filter((each) => sameSite(each, union))
      .flatMap(({ types }) => types ?? []),
  );
  return orTypes.length === 0 ? chosen : [{ ...only, orTypes }];
}

/** The findings that say that a branch's tag does not fit. */
function tagFindings(
  branches: readonly (readonly Finding[])[],
  { site }: Finding,
): readonly Finding[] {
  return branches.flat().filter((finding) =>
    sort(finding.keyword) === "value" &&
    finding.site.path.length === site.path.length + 1 &&
    typeof finding.site.path.at(-1) === "string"
  );
}

function sameSite(a: Finding, b: Finding): boolean {
  return pointerOf(a.site.path) === pointerOf(b.site.path);
}

type Score = readonly number[];

function scoreOf(
  findings: readonly Finding[],
  union: Finding,
  tags: readonly Finding[],
): Score {
  const wrongKind = findings.some((finding) =>
    (finding.keyword === "type" || finding.keyword === "forbidden") &&
    sameSite(finding, union)
  );
  const tagFits = tags.some((tag) =>
    !findings.some((finding) => sameSite(finding, tag))
  );
  const deepest = Math.max(...findings.map(({ site }) => site.path.length));
  return [Number(wrongKind), Number(!tagFits), findings.length, -deepest];
}

function compare(a: Score, b: Score): number {
  for (const [i, value] of a.entries()) {
    const difference = value - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Findings about allowed values of one place, as one. */
function together(findings: readonly Finding[]): Finding {
  const [first, ...rest] = findings;
  if (first === undefined) {
    throw new RangeError("Cannot join findings: none was given");
  }
  const values = findings.flatMap((each) => each.values ?? []);
  return rest.length === 0 ? first : { ...first, keyword: "enum", values };
}

/** Branches that each have one finding of one kind at one place, as one finding. */
function merged(
  branches: readonly (readonly Finding[])[],
  union: Finding,
): readonly Finding[] | undefined {
  const all = branches.flat();
  const first = all[0];
  if (first === undefined || all.length !== branches.length) return undefined;
  if (all.length === 1) return [first];
  const place = pointerOf(first.site.path);
  const alike = all.every(({ keyword, site }) =>
    sort(keyword) === sort(first.keyword) && pointerOf(site.path) === place
  );
  if (!alike) return undefined;
  switch (sort(first.keyword)) {
    case "type":
      return [{
        ...first,
        types: distinct(all.flatMap((each) => each.types ?? [])),
      }];
    case "value":
      return [together(all)];
    case "required":
      return [{
        ...first,
        keys: distinct(all.flatMap((each) => each.keys ?? [])),
      }];
    case "forbidden":
      return [{ ...union, keyword: "forbidden" }];
    default:
      return undefined;
  }
}

function sort(keyword: string): string {
  return keyword === "const" || keyword === "enum" ? "value" : keyword;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
