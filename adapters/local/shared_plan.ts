import type { WritePrefix } from "../../schemas/mod.ts";
import { Failure } from "../../schemas/mod.ts";
import { namesOf } from "../outputs/collect.ts";
import type { Invocation } from "../ports.ts";
import { type Gift, giftsOf } from "./given_files.ts";
import type { Names } from "./inside.ts";
import type { Use } from "./shared_uses.ts";

/** Folders in which any run may have something. */
const COMMON: readonly string[] = ["outputs", "inputs", "execution"];

/** Where a run writes, and what it uses. */
export interface SharedPlan {
  readonly sent: WritePrefix;
  readonly below: readonly Names[];
  readonly use: Use;
}

/**
 * The asked prefix when its last name is the run's id, else one that no other run has; and the folder of the id, in
 * which some processors write whatever they are told. Nothing lies in what is another run's alone.
 */
export function sharedPlan(
  { writePrefix, executionId, inputs }: Invocation,
  others: ReadonlyMap<string, Use>,
): SharedPlan {
  const isFree = (names: Names) => overlapping([names], others) === undefined;
  const asked = namesOf(writePrefix);
  const isOwn = asked.at(-1) === executionId && asked[0] !== executionId &&
    isFree(asked);
  const sent = isOwn
    ? writePrefix
    : `/artifacts/outputs/${executionId}/` as WritePrefix;
  const byId = COMMON.includes(executionId) ? [] : [[executionId]];
  const below = [namesOf(sent), ...byId.filter(isFree)];
  const own = [...below, ["execution", executionId]];
  const given = giftsOf(inputs.payload);
  const taken = overlapping(own, others) ?? givenOver(given, others);
  if (taken !== undefined) throw inUseBy(executionId, taken);
  return { sent, below, use: { own, given } };
}

/** Something that another run uses, and that lies in one of these or around it. */
interface Taken {
  readonly by: string;
  readonly names: Names;
}

/** Where a file is to lie that is another run's, or is another file to that. */
function givenOver(
  gifts: readonly Gift[],
  others: ReadonlyMap<string, Use>,
): Taken | undefined {
  for (const { names, cid } of gifts) {
    const taken = overlapping([names], others, ({ own, given }) => {
      const rest = given.filter((each) => each.cid !== cid);
      return namesIn({ own, given: rest });
    });
    if (taken !== undefined) return taken;
  }
  return undefined;
}

function namesIn({ own, given }: Use): readonly Names[] {
  return [...own, ...given.map(({ names }) => names)];
}

function overlapping(
  mine: readonly Names[],
  others: ReadonlyMap<string, Use>,
  partOf = namesIn,
): Taken | undefined {
  for (const [by, use] of others) {
    const names = partOf(use).find((theirs) =>
      mine.some((each) => leadsTo(each, theirs) || leadsTo(theirs, each))
    );
    if (names !== undefined) return { by, names };
  }
  return undefined;
}

/** Whether the first names are those that the others begin with. */
function leadsTo(first: Names, names: Names): boolean {
  return first.every((name, i) => name === names[i]);
}

function inUseBy(executionId: string, { by, names }: Taken): Failure {
  return new Failure(
    "ERR_INPUTS",
    `Cannot start run "${executionId}": run "${by}", which goes on, uses "/artifacts/${
      names.join("/")
    }"`,
    { hint: "Start it when that has ended, or with another --execution-id" },
  );
}
