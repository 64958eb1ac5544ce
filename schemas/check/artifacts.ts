import { isCid } from "../cid.ts";
import { diagnose } from "../diagnose.ts";
import type { Diagnostic, Fix } from "../diagnostic.ts";
import { below, pointerOf } from "../json_pointer.ts";
import { kindOf, showNode } from "../show_value.ts";
import type { Source, Span } from "../source.ts";
import { type Node, property } from "../tree.ts";
import { parseWorldPath } from "../world_path.ts";
import { writing } from "../writing.ts";
import type { Artifact } from "./survey.ts";

/** `$artifact` objects that were written directly name a world path and, if any, a cid. */
export function artifactDiagnostics(
  artifacts: readonly Artifact[],
  source: Source,
): readonly Diagnostic[] {
  return artifacts.flatMap(({ node, path }) => {
    const pointer = pointerOf(path);
    return [
      ...worldPath(
        property(node, "$artifact")?.value,
        below(pointer, "$artifact"),
        source,
      ),
      ...cid(property(node, "cid")?.value, below(pointer, "cid"), source),
    ];
  });
}

function worldPath(
  node: Node | undefined,
  pointer: string,
  source: Source,
): readonly Diagnostic[] {
  if (node === undefined) return [];
  if (node.kind !== "scalar" || typeof node.value !== "string") {
    return [diagnose(
      "ERR_VALUE_TYPE",
      `Cannot use ${showNode(node)} as a world path: it is ${kindOf(node)}`,
      {
        span: node.span,
        pointer,
        expected: "a path under /artifacts/ or /streams/",
      },
    )];
  }
  const result = parseWorldPath(node.value);
  return result.ok
    ? []
    : [diagnose(result.problem.code, result.problem.message, {
      span: node.span,
      pointer,
      expected:
        "an absolute path under /artifacts/ or /streams/, as an envelope lists it",
      fixes: absolute(node.span, node.value, source),
    })];
}

/** A world path without its first "/", or with several. */
function absolute(span: Span, path: string, source: Source): readonly Fix[] {
  const whole = `/${path.replace(/^[./]+/, "")}`;
  return parseWorldPath(whole).ok ? [writing(source, span, whole)] : [];
}

function cid(
  node: Node | undefined,
  pointer: string,
  source: Source,
): readonly Diagnostic[] {
  if (node === undefined) return [];
  const text = node.kind === "scalar" ? String(node.value) : "";
  const isText = node.kind === "scalar" && typeof node.value === "string";
  if (isText && isCid(text)) return [];
  const lower = text.toLowerCase();
  return [diagnose(
    "ERR_VALUE",
    `Cannot use ${showNode(node)} as a cid: it has not its form`,
    {
      span: node.span,
      pointer,
      expected: '"b3:" and 64 hexadecimal digits',
      fixes: isCid(lower) ? [writing(source, node.span, lower)] : [],
    },
  )];
}
