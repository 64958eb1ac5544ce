import type { HostRegistry } from "./host.ts";
import type { View } from "./view.ts";

/** The file of the entry that a document is for, which need not be in the registry: it may be the one that it lies beside. */
export function entryFile(
  ref: string,
  view: View,
  registry: Pick<HostRegistry, "file">,
): string | undefined {
  return registry.file(ref) ?? besideIt(ref, view);
}

function besideIt(ref: string, view: View): string | undefined {
  if (view.kind !== "inputs") return undefined;
  const { from, file, ref: associated } = view.association;
  return from === "nearest entry" && associated === ref ? file : undefined;
}
