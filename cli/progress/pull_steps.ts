import type { Progress } from "./progress.ts";
import type { BytesDone } from "./progress_state.ts";

/** Shows how far a pull is, as far as that is known: Podman does not tell bytes. */
export function pullSteps(
  progress: Pick<Progress, "begin" | "reach">,
  subject: string,
): (bytes: BytesDone) => void {
  let begun = false;
  return ({ done, total }) => {
    if (total > 0) progress.reach("pull", subject, { done, total });
    else if (!begun) progress.begin("pull", subject);
    begun = true;
  };
}
