import type { EngineAddress } from "./addresses.ts";

/** What the container engine is made of: everything of the world that it touches. */
export interface ContainerParts {
  /** Absolute folder for records and runs; made when missing, private to the user. */
  readonly stateDir: string;
  /** Where engines may be, in order. */
  readonly addresses: readonly EngineAddress[];
  /**
   * Those that may be talked to. With `must` it throws when there are none, saying what would be needed; without,
   * it answers none.
   */
  readonly permitted: (
    addresses: readonly EngineAddress[],
    must: boolean,
  ) => Promise<readonly EngineAddress[]>;
  /** The environment, which names the logins that registries are to be shown. */
  readonly env: (name: string) => string | undefined;
  readonly now: () => Date;
  /** An unguessable text of letters and digits. */
  readonly randomToken: () => string;
}
