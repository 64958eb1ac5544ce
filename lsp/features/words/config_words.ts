import { type Node, property } from "../../../schemas/mod.ts";
import { fileWord, processorWord, schemaWord } from "./file_words.ts";
import type { Page } from "./page.ts";
import type { Word } from "./word.ts";

/** The words of a `theory.yaml`. */
export function configWords(page: Page): readonly Word[] {
  const { root } = page.tree;
  const rules = property(root, "inputs")?.value;
  return [
    ...schemaWord(page, property(root, "$schema")),
    ...(rules?.kind === "array"
      ? rules.items.flatMap((rule) => ruleWords(page, rule))
      : []),
  ];
}

function ruleWords(page: Page, rule: Node): readonly Word[] {
  const attach = property(rule, "attach")?.value;
  const group = attach?.span.start ?? 0;
  return [
    ...processorWord(page, property(rule, "ref")),
    ...(attach?.kind === "object" ? attach.properties : []).flatMap(
      (each): Word[] => [
        {
          kind: "attachment",
          role: "declaration",
          written: "value",
          name: each.key,
          span: each.keySpan,
          group,
        },
        ...fileWord(page, each),
      ],
    ),
  ];
}
