import type { Entry, JsonObject } from "../../../schemas/mod.ts";
import { exampleFor, UNFINISHED } from "../../../schemas/checker.ts";
import type { Ask, Proposal } from "./proposal.ts";
import type { Stops } from "./stops.ts";
import { jsonValue, yamlValue } from "./write_value.ts";

/** Whole documents, for one that is empty: an example for its processor, otherwise for each one there is. */
export function documentProposals(ask: Ask): readonly Proposal[] {
  const { view, guide, scope: { registry } } = ask;
  if (!isEmpty(ask)) return [];
  if (view.kind !== "inputs") return [];
  if (guide.entry !== undefined) return proposal(ask, guide.entry, false);
  return registry.refs.flatMap((ref) => {
    const entry = registry.entry(ref);
    return entry === undefined ? [] : proposal(ask, entry, true);
  });
}

/** Whether there is nothing in the document but comments and what is typed. */
function isEmpty({ cursor: { tree, role, path, slot } }: Ask): boolean {
  if (path.length > 0) return false;
  const { root } = tree;
  if (role === "value") return slot.before === "";
  return slot.style === "block" && root?.kind === "object" &&
    root.properties.every(({ key }) => key === UNFINISHED);
}

/** Names the processor in the document unless it is known without. */
function proposal(
  { cursor: { slot } }: Ask,
  entry: Entry,
  named: boolean,
): readonly Proposal[] {
  const example = exampleOf(entry);
  if (example === undefined) return [];
  const { $processor: ref = entry.ref, ...rest } = example;
  const document = named ? { $processor: ref, ...rest } : rest;
  return [{
    label: `${entry.ref} document`,
    kind: "document",
    ...(entry.title === undefined ? {} : { detail: entry.title }),
    about: { ref: entry.ref },
    write(given) {
      const fixed = new Set(["v1", entry.ref]);
      const stop: Stops["stop"] = (text, choices) =>
        fixed.has(text) ? given.plain(text) : given.stop(text, choices);
      const stops = { ...given, stop };
      return slot.style === "json"
        ? jsonValue(document, stops, { pad: "" })
        : yamlValue(document, stops, { indent: 0 });
    },
  }];
}

function exampleOf(entry: Entry): JsonObject | undefined {
  try {
    return exampleFor(entry);
  } catch {
    // There is no value that fits its schema; the checker of entries says so.
    return undefined;
  }
}
