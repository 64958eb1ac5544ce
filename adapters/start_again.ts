import type { Entry } from "../schemas/mod.ts";
import { hostPlatform } from "./images/platform.ts";
import type { Instance } from "./ports.ts";

/** What tells how an instance was started. */
type Started = Pick<Instance, "ref" | "hermetic" | "secrets"> & {
  readonly container?: Pick<NonNullable<Instance["container"]>, "platform">;
};

/**
 * The line that ends an instance and starts it again as it was started, except at what port; without secrets that an
 * entry requires only where that entry is told.
 */
export function startAgain(
  { ref, container, hermetic, secrets }: Started,
  entry?: Pick<Entry, "secrets">,
): string {
  const words = ["localctl start --ref", ref];
  if (container !== undefined) {
    words.push("--engine docker");
    if (hermetic) words.push("--hermetic");
    const { platform } = container;
    if (platform !== hostPlatform()) words.push(`--platform ${platform}`);
  }
  const required = entry?.secrets.required ?? [];
  const isMissing = required.some((name) => !secrets.includes(name));
  if (isMissing && !hermetic) words.push("--mock-missing-secrets");
  return `localctl stop --ref ${ref} && ${words.join(" ")}`;
}
