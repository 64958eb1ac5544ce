import {
  findPin,
  hostPlatform,
  type Platform,
  userCredentials,
  withEngine,
} from "../../adapters/images/mod.ts";
import type { CommandInput } from "../command.ts";
import { containerParts } from "../container_parts.ts";
import { imageToPin } from "../pin/image_to_pin.ts";
import { ownEntry } from "../pin/own_entry.ts";
import { writePin } from "../pin/write_pin.ts";
import { printJson } from "../print_json.ts";
import { startProgress } from "../progress/progress.ts";
import { pullSteps } from "../progress/pull_steps.ts";
import type { World } from "../world.ts";

interface Flags {
  readonly ref: string;
  readonly platform: Platform | undefined;
  readonly tag: string | undefined;
  readonly oci: string | undefined;
  readonly dryRun: boolean;
  readonly registry: readonly string[];
  readonly quiet: boolean;
  readonly json: boolean;
}

/** Writes the digest of an image into an entry. */
export async function run(
  { flags, world }: CommandInput<Flags>,
): Promise<number> {
  const { ref, platform = hostPlatform() } = flags;
  const { file } = ownEntry(flags, world);
  const reference = await found(flags, platform, world);
  const { dryRun } = flags;
  const changed = await writePin(file, { platform, reference }, {
    dryRun,
    world,
  });
  if (flags.json) {
    printJson(world, {
      status: "success",
      ref,
      platform,
      pinned_oci: reference,
      registry_yaml: file,
      verified: true,
      changed,
      ...(dryRun ? { dry_run: true } : {}),
    });
  } else {
    const done = dryRun && changed
      ? "Would pin"
      : changed
      ? "Pinned"
      : "Unchanged:";
    world.stdout.write(
      `${done} ${ref} for ${platform} in ${file}\n${reference}\n`,
    );
  }
  return 0;
}

/** The image as it is to be pinned, which was seen to be there. */
async function found(
  flags: Flags,
  platform: Platform,
  world: World,
): Promise<string> {
  return await withEngine(
    containerParts(world.cwd, world),
    async (docker) => {
      const name = await imageToPin(docker, flags, platform);
      const progress = startProgress(world, flags);
      progress.begin("pull", flags.ref);
      const pinned = await findPin(docker, name, {
        platform,
        signal: world.interrupted,
        credentials: userCredentials(world.env),
        onProgress: pullSteps(progress, flags.ref),
      }).finally(progress.end);
      return pinned.reference;
    },
  );
}
