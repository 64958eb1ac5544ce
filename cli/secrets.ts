import { type Entry, Failure } from "../schemas/mod.ts";
import type { Permissions, World } from "./world.ts";

/** Environment names whose values an instance of the entry gets: secrets and `$NAME` hosts. */
export function secretNames({ secrets, network }: Entry): readonly string[] {
  const hosts = network.allow.filter((host) => host.startsWith("$")).map((
    host,
  ) => host.slice(1));
  return [...new Set([...secrets.required, ...secrets.optional, ...hosts])];
}

/** What reading them takes. */
export function secretPermissions(entry: Entry): Permissions {
  return { env: secretNames(entry) };
}

/** What is to be done about required secrets that are not set. */
export interface MissingSecrets {
  /** They may miss: mock runs see no secrets, and real ones are then refused. */
  readonly mayMiss?: boolean;
  /** What can be done instead of setting them. */
  readonly instead: string;
}

/** The values that are set, by name. Throws `ERR_MISSING_SECRET` when a required one is not, unless it may miss. */
export function secretValues(
  entry: Entry,
  { mayMiss = false, instead }: MissingSecrets,
  world: World,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const name of secretNames(entry)) {
    const value = world.env(name);
    if (value !== undefined && value !== "") values.set(name, value);
  }
  const missing = entry.secrets.required.filter((name) => !values.has(name));
  if (missing.length > 0 && !mayMiss) {
    throw missingSecrets(entry.ref, { missing, instead });
  }
  return values;
}

function missingSecrets(
  ref: string,
  { missing, instead }: Pick<MissingSecrets, "instead"> & {
    readonly missing: readonly string[];
  },
): Failure {
  const names = missing.map((name) => `"${name}"`).join(", ");
  return new Failure(
    "ERR_MISSING_SECRET",
    `Cannot start "${ref}": required secret ${names} is not set`,
    {
      hint: `Export ${missing.join(", ")}, or ${instead}`,
      details: { missing: [...missing] },
    },
  );
}
