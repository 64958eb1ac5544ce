import { type ObjectNode, property, type Tree } from "../../../schemas/mod.ts";
import { modelinesOf } from "../../../schemas/checker.ts";
import { resolveFrom } from "../../file_uri.ts";
import { fileWord, processorWord, schemaWord } from "./file_words.ts";
import type { Page } from "./page.ts";
import type { AttachmentWord, Word } from "./word.ts";
import { objectsOf } from "./objects_of.ts";
import { isAliased, textOf, valueSpan } from "./written.ts";

/** The words of an inputs document. */
export function inputsWords(page: Page): readonly Word[] {
  const { root } = page.tree;
  return [
    ...modelineWords(page),
    ...processorWord(page, property(root, "$processor")),
    ...schemaWord(page, property(root, "$schema")),
    ...declarationWords(page),
    ...uses(page.tree),
  ];
}

function modelineWords({ tree, dir }: Page): readonly Word[] {
  const { processor, attachments } = modelinesOf(tree);
  return [
    ...(processor === undefined ? [] : [{
      kind: "processor",
      role: "use",
      ...processor,
    }] as const),
    ...attachments.flatMap(({ name, path, span: { start, end } }): Word[] => [
      {
        kind: "attachment",
        role: "declaration",
        written: "comment",
        name,
        span: { start, end: start + name.length },
      },
      {
        kind: "file",
        file: resolveFrom(dir, path),
        span: { start: end - path.length, end },
      },
    ]),
  ];
}

function declarationWords(page: Page): readonly Word[] {
  const declared = property(page.tree.root, "$attachments")?.value;
  if (declared?.kind !== "object") return [];
  return declared.properties.flatMap((each): Word[] => [
    {
      kind: "attachment",
      role: "declaration",
      written: "value",
      name: each.key,
      span: each.keySpan,
    },
    ...fileWord(page, each),
  ]);
}

/** Every `{"$attach": "name"}` outside of the declarations. */
function uses({ root, source }: Tree): readonly AttachmentWord[] {
  const declared = property(root, "$attachments")?.value;
  return objectsOf(root, declared).flatMap((each) => useIn(each, source.text));
}

function useIn(node: ObjectNode, text: string): AttachmentWord[] {
  return node.properties.filter(({ key }) => key === "$attach").flatMap(
    (each): AttachmentWord[] => {
      const name = textOf(each.value);
      if (name === undefined) return [];
      const span = valueSpan(text, each);
      const lost = isAliased(each) && span === each.value.span;
      if (lost) return [];
      return [{
        kind: "attachment",
        role: "use",
        written: "value",
        name,
        span,
      }];
    },
  );
}
