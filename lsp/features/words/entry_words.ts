import {
  type Node,
  pointerSteps,
  type Property,
  property,
} from "../../../schemas/mod.ts";
import { fileWord, processorWord, schemaWord } from "./file_words.ts";
import { objectsOf } from "./objects_of.ts";
import type { Page } from "./page.ts";
import type { PartWord, Word } from "./word.ts";
import { textOf, valueSpan } from "./written.ts";

/** The words of a `registry.yaml`. */
export function entryWords(page: Page): readonly Word[] {
  const { root } = page.tree;
  const image = property(root, "image")?.value;
  const schemas = ["inputs", "outputs"]
    .flatMap((key) => property(root, key)?.value ?? []);
  return [
    ...schemaWord(page, property(root, "$schema")),
    ...processorWord(page, property(root, "ref"), "declaration"),
    ...modules(property(root, "handler")).flatMap((each) =>
      fileWord(page, each)
    ),
    ...dockerfiles(page, root, image),
    ...schemas.flatMap((schema) => schemaWords(page, schema)),
  ];
}

function modules(handler: Property | undefined): readonly Property[] {
  if (handler === undefined) return [];
  return handler.value.kind === "object" ? handler.value.properties : [handler];
}

function dockerfiles(
  page: Page,
  root: Node | undefined,
  image: Node | undefined,
): readonly Word[] {
  return [
    property(image, "dockerfile"),
    property(property(image, "build")?.value, "dockerfile"),
    property(property(root, "build")?.value, "dockerfile"),
  ].flatMap((each) => each === undefined ? [] : fileWord(page, each));
}

function schemaWords(page: Page, schema: Node): readonly Word[] {
  const older = property(schema, "schema")?.value;
  const roots = older?.kind === "object" ? [schema, older] : [schema];
  return [
    ...roots.flatMap((each) => schemaWord(page, property(each, "$schema"))),
    ...partWords(page, schema, roots),
  ];
}

/** Every `"$ref": "#/…"`, whose pointer starts at one of the roots. */
function partWords(
  { source }: Page,
  schema: Node,
  roots: readonly Node[],
): readonly PartWord[] {
  return objectsOf(schema).flatMap((node): PartWord[] => {
    const ref = property(node, "$ref");
    const target = targetOf(textOf(ref?.value), roots);
    if (ref === undefined || target === undefined) return [];
    const span = valueSpan(source.text, ref);
    return [{ kind: "part", span, target: target.span }];
  });
}

function targetOf(
  ref: string | undefined,
  roots: readonly Node[],
): Node | undefined {
  if (ref === undefined || !/^#(\/|$)/.test(ref)) return undefined;
  const steps = pointerSteps(ref.slice(1));
  return roots.map((root) => steps.reduce<Node | undefined>(child, root))
    .find((node) => node !== undefined);
}

function child(node: Node | undefined, step: string): Node | undefined {
  if (node?.kind === "array") return node.items[Number(step)];
  return property(node, step)?.value;
}
