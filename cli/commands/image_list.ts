import {
  listImages,
  type ProcessorImage,
  withEngine,
} from "../../adapters/images/mod.ts";
import { parseRef } from "../../schemas/mod.ts";
import { bytesText } from "../amounts.ts";
import type { CommandInput } from "../command.ts";
import { containerParts } from "../container_parts.ts";
import { printable } from "../printable.ts";
import { lookThrough } from "../progress/look_through.ts";
import { printJson } from "../print_json.ts";
import { wrongRef } from "../run_plan.ts";

interface Flags {
  readonly ref: string | undefined;
  readonly json: boolean;
}

/** Lists images of processors, newest first. */
export async function run(
  { flags, world }: CommandInput<Flags>,
): Promise<number> {
  const { ref } = flags;
  if (ref !== undefined && parseRef(ref) === undefined) throw wrongRef(ref);
  const images = await lookThrough(
    "images",
    world,
    () =>
      withEngine(
        containerParts(world.cwd, world),
        (docker) => listImages(docker, ref),
      ),
  );
  if (flags.json) printJson(world, images.map(imageJson));
  else if (images.length === 0) {
    world.stderr.write("No images of processors\n");
  } else world.stdout.write(images.map(imageText).join(""));
  return 0;
}

function imageText(image: ProcessorImage): string {
  const { ref, tags, digests, id, bytes } = image;
  const created = imageJson(image).created_at;
  const names = tags.length > 0 ? tags : digests;
  return names.map((name) =>
    `${printable(name)}  ${printable(ref)}  ${id.slice(0, 19)}  ${
      bytesText(bytes)
    }  ${created}\n`
  ).join("");
}

function imageJson(
  { ref, tags, digests, id, createdMs, bytes }: ProcessorImage,
) {
  return {
    ref,
    image_tags: tags,
    image_digests: digests,
    image_id: id,
    created_at: new Date(createdMs).toISOString(),
    size_bytes: bytes,
  };
}
