import { attachmentPath } from "../attachment.ts";
import { UNKNOWN_CID } from "../cid.ts";
import type { Diagnostic } from "../diagnostic.ts";
import type { Entry } from "../entry.ts";
import { pointerOf } from "../json_pointer.ts";
import type { AttachmentPlace } from "../json_schema/wording.ts";
import { compileSchema } from "../json_schema.ts";
import { DEFAULT_MIME, mimeOf } from "../mime.ts";
import type { Source } from "../source.ts";
import type { Node, ObjectNode, Property } from "../tree.ts";
import { escapeForWorldPath } from "../world_path.ts";
import { type Declaration, toDeclaration } from "./declarations.ts";
import type { Form } from "./form.ts";
import type { Attach } from "./survey.ts";

interface Scope {
  readonly entry: Entry | undefined;
  readonly attaches: readonly Attach[];
  readonly declared: ReadonlyMap<string, Declaration>;
}

/** The processor's own schema, applied to the document as it will be sent. */
export function schemaDiagnostics(
  source: Source,
  form: Form,
  { entry, attaches, declared }: Scope,
): readonly Diagnostic[] {
  if (entry === undefined || form.params === undefined) return [];
  const attachments = new Map(attaches.map((attach) => [
    pointerOf(attach.sentPath),
    placeOf(attach, declared),
  ]));
  const sent = asSent(form, attaches, declared);
  return compileSchema(entry.inputs)(sent, { source, attachments })
    .map((each) => form.kind === "old" ? inOldForm(each) : each);
}

/** Old documents have no `params` to point into. */
function inOldForm(diagnostic: Diagnostic): Diagnostic {
  return {
    ...diagnostic,
    pointer: diagnostic.pointer.replace(/^\/params/, ""),
  };
}

function placeOf(
  { node, path, use }: Attach,
  declared: Scope["declared"],
): AttachmentPlace {
  const file = use && declared.get(use.name);
  return {
    name: use?.name ?? "",
    span: node.span,
    path,
    ...(file === undefined ? {} : { mime: mimeOf(fileName(file.path)) }),
    ...(use === undefined ? { told: true } : {}),
    ...toDeclaration(file),
  };
}

function asSent(
  { root, params, declared }: Form,
  attaches: readonly Attach[],
  files: Scope["declared"],
): ObjectNode {
  const stands = new Map<Node, Node>(attaches.map((attach) => [
    attach.node,
    standIn(attach, files),
  ]));
  const at = { start: root.span.start, end: root.span.start + 1 };
  const written = (key: string) =>
    root.properties.findLast((each) => each.key === key);
  const head: readonly Property[] = [
    {
      key: "schema",
      keySpan: at,
      value: { kind: "scalar", span: at, value: "v1" },
    },
    {
      key: "params",
      keySpan: written("params")?.keySpan ?? at,
      value: params ?? { kind: "object", span: at, properties: [] },
    },
  ];
  const sent: ObjectNode = {
    kind: "object",
    span: root.span,
    properties: [...head, ...declared],
  };
  return stands.size === 0 ? sent : replaced(sent, stands) as ObjectNode;
}

/** What an attachment becomes, with every position that of the `$attach` object. */
function standIn({ node, use }: Attach, files: Scope["declared"]): Node {
  const path = (use && files.get(use.name)?.path) ?? "file";
  const name = fileName(path);
  const mime = use === undefined ? DEFAULT_MIME : mimeOf(name);
  const values = {
    $artifact: attachmentPath(UNKNOWN_CID, escapeForWorldPath(name)),
    cid: UNKNOWN_CID,
    mime,
  };
  return {
    kind: "object",
    span: node.span,
    properties: Object.entries(values).map(([key, value]) => ({
      key,
      keySpan: node.span,
      value: { kind: "scalar", span: node.span, value },
    })),
  };
}

function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

/** A copy of a tree with some nodes replaced; what holds none of them is shared. */
function replaced(node: Node, stands: ReadonlyMap<Node, Node>): Node {
  const stand = stands.get(node);
  if (stand !== undefined) return stand;
  if (node.kind === "scalar") return node;
  if (node.kind === "array") {
    const items = node.items.map((item) => replaced(item, stands));
    const same = items.every((item, i) => item === node.items[i]);
    return same ? node : { ...node, items };
  }
  const properties = node.properties.map((each) => {
    const value = replaced(each.value, stands);
    return value === each.value ? each : { ...each, value };
  });
  const same = properties.every((each, i) => each === node.properties[i]);
  return same ? node : { ...node, properties };
}
