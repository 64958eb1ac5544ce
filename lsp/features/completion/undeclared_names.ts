import { declaredAt } from "./attachable.ts";
import type { Ask, Proposal } from "./proposal.ts";
import { keyIn } from "./write_slot.ts";

/** For `$attachments`: names that the document uses and nobody declares. */
export function undeclaredNames(ask: Ask): readonly Proposal[] {
  const { view, cursor } = ask;
  const here = cursor.path.length === 1 && cursor.path[0] === "$attachments";
  if (view.kind !== "inputs" || !here) return [];
  const declared = new Set(declaredAt(ask).map(({ name }) => name));
  const used = new Set(
    (view.checked.document?.uses ?? []).map(({ name }) => name),
  );
  return [...used].filter((name) => !declared.has(name)).map((name) => ({
    label: name,
    kind: "attachment",
    detail: "used, not declared",
    write: keyIn(cursor.slot, name, { value: "", choices: [] }),
  }));
}
