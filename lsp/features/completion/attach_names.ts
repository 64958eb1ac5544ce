import type { Edit } from "../../../schemas/mod.ts";
import { declareAttachment, insertKey } from "../../../schemas/checker.ts";
import type { Slot } from "../cursor/cursor.ts";
import { declaredAt } from "./attachable.ts";
import { pathsBelow } from "./files.ts";
import type { Ask, Proposal } from "./proposal.ts";
import { valueIn } from "./write_slot.ts";

/** Names for `$attach`: those that are declared, then files beside the document, which are declared with it. */
export function attachNameProposals(ask: Ask): readonly Proposal[] {
  const { cursor: { slot } } = ask;
  const declared = declaredAt(ask);
  const names = new Set(declared.map(({ name }) => name));
  return [
    ...declared.map(({ name, path }): Proposal => ({
      label: name,
      kind: "attachment",
      detail: path,
      write: valueIn(slot, name),
    })),
    ...undeclared(ask, names).map(({ name, path, edit }): Proposal => ({
      label: name,
      kind: "file",
      detail: `declares ${path}`,
      write: valueIn(slot, name),
      edits: [edit],
    })),
  ];
}

interface Undeclared {
  readonly name: string;
  readonly path: string;
  readonly edit: Edit;
}

/** Only where the text can be read to its end, for otherwise nobody knows where a declaration belongs. */
function undeclared(
  { view, scope, cursor }: Ask,
  names: ReadonlySet<string>,
): readonly Undeclared[] {
  const { tree, source } = view;
  if (!tree.complete || tree.root?.kind !== "object") return [];
  const { root } = tree;
  const taken = new Set(names);
  return pathsBelow(view.dir, "", { files: scope.host.files })
    .filter(({ path, isFolder }) => !isFolder && !isOwn(path, view))
    .map(({ path }) => {
      const name = freeName(path, taken);
      taken.add(name);
      const edit = declareAttachment(source, root, { name, path });
      const first = { key: "$attachments", value: { [name]: path } };
      return {
        name,
        path,
        edit: isNextTo(edit, cursor.slot, source.text)
          ? insertKey(source, root, { ...first, first: true })
          : edit,
      };
    });
}

/** An insertion directly behind what is typed could be taken for part of it. */
function isNextTo(
  { span: { start } }: Edit,
  { span: { end } }: Slot,
  text: string,
): boolean {
  return start >= end && text.slice(end, start).trim() === "";
}

function isOwn(path: string, view: Ask["view"]): boolean {
  return view.path === `${view.dir}/${path}`;
}

/** The name of a file without its extension, numbered when it is taken. */
function freeName(path: string, taken: ReadonlySet<string>): string {
  const name = path.replace(/\.[^.]*$/, "").replaceAll(/[^\w-]+/g, "_");
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}_${count}`;
  return free;
}
