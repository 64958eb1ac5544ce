import {
  build,
  type BuildEvent,
  hostPlatform,
  type ImageFacts,
  openEngine,
} from "../../adapters/images/mod.ts";
import { type Entry, parseRef, resolve } from "../../schemas/mod.ts";
import { buildPlace, taggedName } from "../build_place.ts";
import type { CommandInput } from "../command.ts";
import { containerParts } from "../container_parts.ts";
import { printable } from "../printable.ts";
import { printJson } from "../print_json.ts";
import { type Progress, startProgress } from "../progress/progress.ts";
import { registryOf } from "../registry_of.ts";

interface Flags {
  readonly ref: string;
  readonly platform: "amd64" | "arm64" | undefined;
  readonly tag: string | undefined;
  readonly noCache: boolean;
  readonly registry: readonly string[];
  readonly quiet: boolean;
  readonly json: boolean;
}

/** Builds the image of an entry. */
export async function run(
  { flags, world }: CommandInput<Flags>,
): Promise<number> {
  const { entry, dir } = registryOf(flags, world).require(flags.ref);
  const context = buildPlace(entry, resolve(world.cwd, dir));
  const platform = flags.platform ?? hostPlatform();
  const now = new Date(world.clock.now());
  const tag = taggedName(entry.ref, flags.tag ?? buildTag(now));
  const { docker } = await openEngine(containerParts(world.cwd, world));
  const progress = startProgress(world, flags);
  if (world.stderr.redraws) progress.begin("build", entry.ref);
  const facts = await build(docker, {
    ref: entry.ref,
    context,
    tag,
    platform,
    labels: labelsOf(entry, now),
    noCache: flags.noCache,
    signal: world.interrupted,
    onEvent: teller(progress, { flags, world }),
  }).finally(progress.end);
  const built = { ref: entry.ref, platform, tag, facts };
  if (flags.json) printJson(world, builtJson(built));
  else world.stdout.write(builtText(built));
  if (!flags.json && !flags.quiet) {
    world.stderr.write(
      `Pin it: registry pin --ref ${entry.ref} --platform ${platform} --tag ${tag}\n`,
    );
  }
  return 0;
}

interface Built {
  readonly ref: string;
  readonly platform: string;
  readonly tag: string;
  readonly facts: ImageFacts;
}

/** On a terminal the step that goes on; elsewhere all that there is to tell, in lines. */
function teller(
  progress: Progress,
  { flags, world }: Pick<CommandInput<Flags>, "flags" | "world">,
): (event: BuildEvent) => void {
  if (flags.quiet) return () => {};
  if (world.stderr.redraws) {
    return ({ kind, text }) => {
      if (kind === "step") progress.begin("build", `${flags.ref} ${text}`);
    };
  }
  return ({ kind, text }) =>
    world.stderr.write(
      `${kind === "step" ? "Step " : "  "}${printable(text)}\n`,
    );
}

/** One for each build. */
function buildTag(now: Date): string {
  return `build-${now.toISOString().replaceAll(/\D/g, "").slice(0, 14)}`;
}

/** https://github.com/opencontainers/image-spec/blob/main/annotations.md */
function labelsOf(
  { ref, title, description }: Entry,
  now: Date,
): Readonly<Record<string, string>> {
  const oci = "org.opencontainers.image";
  const version = parseRef(ref)?.version;
  return {
    "theory.ref": ref,
    [`${oci}.created`]: now.toISOString(),
    [`${oci}.title`]: title ?? ref,
    ...(description === undefined
      ? {}
      : { [`${oci}.description`]: description }),
    ...(version === undefined ? {} : { [`${oci}.version`]: version }),
  };
}

function builtText({ tag, facts: { id } }: Built): string {
  return `Built ${tag}\n${id}\n`;
}

function builtJson({ ref, platform, tag, facts: { id } }: Built) {
  return {
    status: "success",
    ref,
    platform,
    image_tag: tag,
    image_id: id,
  };
}
