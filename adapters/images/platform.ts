import type { EntryImage } from "../../schemas/mod.ts";

/** What an image is made for: the kind of processor, on Linux. */
export type Platform = keyof EntryImage["platforms"];

/** That of this machine; images run on Linux whatever the machine runs. */
export function hostPlatform(): Platform {
  return Deno.build.arch === "aarch64" ? "arm64" : "amd64";
}

/** As engines call it. */
export function platformName(platform: Platform): string {
  return `linux/${platform}`;
}

/** What an entry names for a platform, pinned or not. The older single `image.oci` is for all platforms. */
export function referenceOf(
  { platforms, oci }: EntryImage,
  platform: Platform,
): string | undefined {
  return platforms[platform] ?? oci;
}
