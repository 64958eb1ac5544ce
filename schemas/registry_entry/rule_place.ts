import { pointerSteps } from "../json_pointer.ts";
import type { JsonObject } from "../json.ts";
import type { Span } from "../source.ts";
import { type Node, toJson } from "../tree.ts";
import { describesParams, inputsPlace } from "./inputs_schema.ts";

/**
 * Where a `registry.yaml` says the rule that a `Diagnostic.rule` names: its keyword, in whichever form the entry is
 * written; of what is written shorter there, the nearest that is. Undefined when the entry describes no inputs.
 */
export function rulePlace(root: Node, rule: string): Span | undefined {
  const schema = inputsPlace({ node: root, pointer: "" })?.node;
  if (schema === undefined) return undefined;
  const steps = describesParams(toJson(schema) as JsonObject)
    ? pointerSteps(rule.replace(/^\/properties\/params(?=\/|$)/, ""))
    : pointerSteps(rule);
  return keywordSpan(schema, steps);
}

function keywordSpan(schema: Node, steps: readonly string[]): Span {
  let node = schema;
  let { span } = schema;
  for (const step of steps) {
    if (node.kind === "array") {
      const item = node.items[Number(step)];
      if (item === undefined) return span;
      [node, span] = [item, item.span];
    } else {
      const found = node.kind === "object"
        ? node.properties.findLast(({ key }) => key === step)
        : undefined;
      if (found === undefined) return span;
      [node, span] = [found.value, found.keySpan];
    }
  }
  return span;
}
