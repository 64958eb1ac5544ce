import type { HostRegistry } from "../../host.ts";
import type { Ask, Proposal } from "./proposal.ts";
import { valueIn } from "./write_slot.ts";

/** Every processor that can be named, with what it does. */
export function refProposals({ cursor, scope }: Ask): readonly Proposal[] {
  return refsOf(scope.registry).map(({ ref, detail }) => ({
    label: ref,
    kind: "ref",
    ...detail,
    write: valueIn(cursor.slot, ref),
    about: { ref },
  }));
}

/** Refs with their titles. */
export function refsOf(
  registry: Pick<HostRegistry, "refs" | "title">,
): readonly { readonly ref: string; readonly detail: { detail?: string } }[] {
  return registry.refs.map((ref) => {
    const title = registry.title(ref);
    return { ref, detail: title === undefined ? {} : { detail: title } };
  });
}
