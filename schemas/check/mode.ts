import { diagnose } from "../diagnose.ts";
import type { Diagnostic, Fix } from "../diagnostic.ts";
import { type Mode, MODES, parseMode } from "../mode.ts";
import { nearest } from "../nearest.ts";
import { oneOf, showNode } from "../show_value.ts";
import type { Source } from "../source.ts";
import { type Node, type ObjectNode, property } from "../tree.ts";
import { writing } from "../writing.ts";

export interface ModeReading {
  readonly mode?: Mode;
  readonly diagnostics: readonly Diagnostic[];
}

/** The mode that a document names, older spellings read as what they mean today. */
export function documentMode(source: Source, root: ObjectNode): ModeReading {
  const node = property(root, "mode")?.value;
  if (node === undefined) return { diagnostics: [] };
  const text = node.kind === "scalar" && typeof node.value === "string"
    ? node.value
    : undefined;
  const mode = text === undefined ? undefined : parseMode(text);
  if (mode === undefined) return { diagnostics: [unknown(source, node, text)] };
  return { mode, diagnostics: mode === text ? [] : [old(source, node, mode)] };
}

function unknown(
  source: Source,
  node: Node,
  text: string | undefined,
): Diagnostic {
  const near = text === undefined ? undefined : nearest(text, MODES);
  const hint = near === undefined ? "" : `, did you mean "${near}"`;
  return diagnose(
    "ERR_DOCUMENT_MODE",
    `Cannot use mode ${showNode(node)}: there is no such mode${hint}`,
    {
      span: node.span,
      pointer: "/mode",
      expected: oneOf(MODES),
      fixes: near === undefined
        ? MODES.map((mode): Fix => ({
          ...writing(source, node.span, mode),
          choice: true,
        }))
        : [writing(source, node.span, near)],
    },
  );
}

function old(source: Source, node: Node, mode: Mode): Diagnostic {
  return diagnose(
    "WARN_MODE_OLD",
    `Cannot keep mode ${
      showNode(node)
    } as it is spelt: it is called "${mode}" now`,
    {
      span: node.span,
      pointer: "/mode",
      expected: oneOf(MODES),
      fixes: [writing(source, node.span, mode)],
    },
  );
}
