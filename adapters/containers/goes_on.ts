import { join } from "../../schemas/mod.ts";
import { CLAIM_INSIDE, isHeld } from "../sandbox/claim.ts";
import { ephemeralRunsDir } from "../sandbox/place.ts";
import type { ListedContainer } from "./docker_api.ts";
import { LABEL } from "./labels.ts";

/**
 * Whether a container is that of a run which goes on: the command that made it has the claim of the run's folder, in
 * the state folder of the two.
 */
export function goesOn(
  { Labels }: Pick<ListedContainer, "Labels">,
  stateDir: string,
): boolean {
  const token = Labels?.[LABEL.run];
  return token !== undefined &&
    isHeld(join(ephemeralRunsDir(stateDir, token), CLAIM_INSIDE));
}
