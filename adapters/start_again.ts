import { hostPlatform } from "./images/platform.ts";
import type { Instance } from "./ports.ts";

/** What tells how an instance was started. */
export type Started = Pick<Instance, "ref" | "hermetic"> & {
  readonly container?: Pick<NonNullable<Instance["container"]>, "platform">;
};

/** The line that ends an instance and starts it again as it was started. */
export function startAgain({ ref, container, hermetic }: Started): string {
  const words = ["localctl start --ref", ref];
  if (container !== undefined) {
    words.push("--engine docker");
    if (hermetic) words.push("--hermetic");
    const { platform } = container;
    if (platform !== hostPlatform()) words.push(`--platform ${platform}`);
  }
  return `localctl stop --ref ${ref} && ${words.join(" ")}`;
}
