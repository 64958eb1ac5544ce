import type { Entry } from "../../../schemas/mod.ts";
import type { Association, AssociationSource } from "../../association.ts";
import type { HostRegistry } from "../../host.ts";
import type { Block, Fact } from "./blocks.ts";

/** What a processor is: what it does, where it may connect to, which secrets it wants. */
export function entryBlocks(
  ref: string,
  registry: Pick<HostRegistry, "entry" | "file">,
): readonly Block[] {
  const entry = registry.entry(ref);
  const file = registry.file(ref);
  if (entry === undefined) {
    const words = "no registry entry has this ref";
    return [{ kind: "title", title: ref, words }];
  }
  const { title = "", description } = entry;
  return [
    { kind: "title", title: ref, words: title },
    ...(description === undefined
      ? []
      : [{ kind: "text" as const, text: description }]),
    { kind: "facts", facts: factsOf(entry, file) },
  ];
}

function factsOf(
  { enabled, network, secrets }: Entry,
  file: string | undefined,
): readonly Fact[] {
  const { required, optional } = secrets;
  const fact = (name: string, values: readonly string[]) =>
    values.length === 0 ? [] : [{ name, values, code: true }];
  return [
    ...fact("Entry", file === undefined ? [] : [file]),
    ...(enabled ? [] : [{ name: "Disabled", values: ["it cannot be run"] }]),
    ...(network.allow.length === 0
      ? [{ name: "Network", values: ["none"] }]
      : fact("Network in real runs", network.allow)),
    ...fact("Secrets in real runs", required),
    ...fact("Secrets, if set", optional),
  ];
}

/** Why a document is validated as it is. */
export function becauseBlocks(association: Association): readonly Block[] {
  const { ref, from, file } = association;
  const because = BECAUSE[from];
  if (ref === undefined || because === undefined) return [];
  const words = `validated as ${ref}, because ${because}`;
  return [
    { kind: "facts", facts: [{ name: "This document", values: [words] }] },
    ...(file === undefined ? [] : [{
      kind: "facts" as const,
      facts: [{ name: "Said in", values: [file], code: true }],
    }]),
  ];
}

const BECAUSE: Readonly<Record<AssociationSource, string | undefined>> = {
  document: "$processor says so",
  modeline: "the comment at its head says so",
  settings: "theory.yaml says so",
  "nearest entry": "this is the nearest registry.yaml",
  none: undefined,
};
