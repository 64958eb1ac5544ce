import type { AttachmentUse } from "../check_types.ts";
import { type Path, pointerOf } from "../json_pointer.ts";
import { eachBelow, type Node, type ObjectNode, property } from "../tree.ts";
import type { Form } from "./form.ts";

/** An object with the key `$attach`. */
export interface Attach {
  readonly node: ObjectNode;
  /** In the document as it is written. */
  readonly path: Path;
  /** In the document as it is sent. */
  readonly sentPath: Path;
  /** What it names, whatever else is wrong with it. */
  readonly name?: string;
  /** Missing when the object is not exactly `{"$attach": "name"}`. */
  readonly use?: AttachmentUse;
}

/** An object with the key `$artifact`. */
export interface Artifact {
  readonly node: ObjectNode;
  readonly path: Path;
}

export interface Survey {
  readonly attaches: readonly Attach[];
  readonly artifacts: readonly Artifact[];
}

/** Every attachment and artifact object in what is sent, in order. */
export function survey(form: Form): Survey {
  const attaches: Attach[] = [];
  const artifacts: Artifact[] = [];
  for (const { node, prefix, sent } of sentParts(form)) {
    eachObject(node, (object, path) => {
      if (property(object, "$attach") !== undefined) {
        attaches.push(
          attachAt(object, [...prefix, ...path], [...sent, ...path]),
        );
        return false;
      }
      if (property(object, "$artifact") !== undefined) {
        artifacts.push({ node: object, path: [...prefix, ...path] });
      }
      return true;
    });
  }
  return { attaches, artifacts };
}

function sentParts({ kind, params, declared }: Form): readonly {
  readonly node: Node;
  readonly prefix: Path;
  readonly sent: Path;
}[] {
  const prefix = kind === "old" ? [] : ["params"];
  return [
    ...(params === undefined
      ? []
      : [{ node: params, prefix, sent: ["params"] }]),
    ...declared.map(({ key, value }) => ({
      node: value,
      prefix: [key],
      sent: [key],
    })),
  ];
}

function attachAt(node: ObjectNode, path: Path, sentPath: Path): Attach {
  const value = property(node, "$attach")?.value;
  if (value?.kind !== "scalar" || typeof value.value !== "string") {
    return { node, path, sentPath };
  }
  const name = value.value;
  if (node.properties.length > 1) return { node, path, sentPath, name };
  const use = { name, span: node.span, pointer: pointerOf(path) };
  return { node, path, sentPath, name, use };
}

/** Visits every object of a tree, outer before inner; `visit` answers whether to go on inside. */
function eachObject(
  root: Node,
  visit: (node: ObjectNode, path: Path) => boolean,
): void {
  const path: (string | number)[] = [];
  const walk = (node: Node): void => {
    if (node.kind === "scalar") return;
    if (node.kind === "object" && !visit(node, path)) return;
    eachBelow(node, (step, child) => {
      path.push(step);
      walk(child);
      path.pop();
    });
  };
  walk(root);
}
