import { Failure } from "../../schemas/mod.ts";
import type { ImageFacts } from "./image_facts.ts";
import type { Platform } from "./platform.ts";

/** Whether an image is made for a platform; one that does not say for which is taken for right. */
export function fitsPlatform(
  { architecture }: Pick<ImageFacts, "architecture">,
  platform: Platform,
): boolean {
  return architecture === "" || architecture === platform;
}

/** The failure for an image that is not made for a platform. */
export function otherPlatform(
  reference: string,
  made: readonly string[],
  platform: Platform,
): Failure {
  return new Failure(
    "ERR_IMAGE_PULL",
    `Cannot use image "${reference}": it is made for ${
      made.join(", ")
    }, not for ${platform}`,
    {
      hint:
        "Build and push it for the platform, or choose the other one: --platform",
    },
  );
}
