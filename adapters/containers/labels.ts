import { cidOf, instanceSlug, parseRef, UNPINNED } from "../../schemas/mod.ts";
import type { Labels } from "./docker_api.ts";

/** Labels of what is made on an engine, by which it is found again. */
export const LABEL = {
  ref: "theory.ref",
  /** State folder of the instance; see {@linkcode stateLabel}. */
  state: "theory.state",
  /** What the entry pinned when it was made. */
  digest: "theory.digest",
  startedBy: "theory.started_by",
  /** What containers have that are made for one run, and whatever else is made for that. */
  run: "theory.run",
} as const;

/** Label of images whose container serves `runtime/`. */
export const RUNTIME_LABEL = "theory.runtime";

/** Whose an instance is. */
export interface Owner {
  readonly ref: string;
  /** Absolute. */
  readonly stateDir: string;
}

export function labelsOf(
  { ref, stateDir }: Owner,
  digest = UNPINNED,
): Labels {
  return {
    [LABEL.ref]: ref,
    [LABEL.state]: stateLabel(stateDir),
    [LABEL.digest]: digest,
    [LABEL.startedBy]: "theoryctl",
  };
}

/** A state folder as it is called on engines, whichever way it is spelt. Needs read permission for it. */
export function stateLabel(stateDir: string): string {
  return Deno.realPathSync(stateDir);
}

/** What finds everything that was made for an instance. */
export function filtersOf({ ref, stateDir }: Owner) {
  const state = stateLabel(stateDir);
  return { label: [`${LABEL.ref}=${ref}`, `${LABEL.state}=${state}`] };
}

/** The name of an instance's container, which is as good as its own: eight digits tell state folders apart. */
export async function containerName({ ref, stateDir }: Owner): Promise<string> {
  const key = new TextEncoder().encode(`${stateLabel(stateDir)}\0${ref}`);
  const cid = await cidOf(key);
  return nameFor(ref, cid.slice("b3:".length, "b3:".length + 8));
}

/** The name of what is made on an engine for a processor. */
export function nameFor(ref: string, end: string): string {
  const parts = parseRef(ref);
  const slug = parts === undefined ? "processor" : instanceSlug(parts);
  return `theory-${slug}-${end}`;
}
