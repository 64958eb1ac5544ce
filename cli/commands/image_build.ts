import {
  build,
  type BuildEvent,
  CREATED_LABEL,
  hostPlatform,
  type ImageFacts,
  isLocal,
  LABEL,
  parseReference,
  withEngine,
} from "../../adapters/images/mod.ts";
import { type Entry, parseRef, resolve } from "../../schemas/mod.ts";
import type { LoadedEntry } from "../../registry/mod.ts";
import { buildPlace, builtName, taggedName } from "../build_place.ts";
import type { CommandInput } from "../command.ts";
import { containerParts } from "../container_parts.ts";
import { copyIt, isOwn, OWN_ROOT } from "../pin/own_entry.ts";
import { printable } from "../printable.ts";
import { printJson } from "../print_json.ts";
import { type Progress, startProgress } from "../progress/progress.ts";
import { typed } from "../program.ts";
import { quote } from "../quote.ts";
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
  const loaded = registryOf(flags, world).require(flags.ref);
  const { entry, dir } = loaded;
  const context = buildPlace(entry, resolve(world.cwd, dir));
  const platform = flags.platform ?? hostPlatform();
  const now = new Date(world.clock.now());
  const tag = taggedName(entry.ref, flags.tag ?? buildTag(now));
  const progress = startProgress(world, flags);
  const facts = await withEngine(
    containerParts(world.cwd, world),
    (docker) => {
      if (world.stderr.redraws) progress.begin("build", entry.ref);
      return build(docker, {
        ref: entry.ref,
        context,
        tag,
        platform,
        labels: labelsOf(entry, now),
        noCache: flags.noCache,
        signal: world.interrupted,
        onEvent: teller(progress, { flags, world }),
      });
    },
  ).finally(progress.end);
  const built = { ref: entry.ref, platform, tag, facts };
  if (flags.json) printJson(world, builtJson(built));
  else world.stdout.write(builtText(built));
  if (!flags.json && !flags.quiet) {
    world.stderr.write(`${pinLine(built, loaded, { flags, world })}\n`);
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

/**
 * What to type next. By a name of a registry it could not be pinned before it is pushed: then by its id, as a build of
 * this machine.
 */
function pinLine(
  { ref, platform, tag, facts: { id } }: Built,
  loaded: LoadedEntry,
  { flags: { registry }, world }: Pick<CommandInput<Flags>, "flags" | "world">,
): string {
  const own = isOwn(loaded, registry, world);
  const reference = parseReference(tag);
  const image = reference !== undefined && isLocal(reference)
    ? ["--tag", tag]
    : ["--oci", builtName(ref, id)];
  const roots = [...own ? [] : [OWN_ROOT], ...registry];
  const words = ["--ref", ref, "--platform", platform]
    .concat(image, roots.flatMap((dir) => ["--registry", dir]));
  const command = typed(world.toolkit, ["registry", "pin"]);
  const line = `${command} ${words.map(quote).join(" ")}`;
  return own ? `Pin it: ${line}` : `${copyIt(loaded)}, then pin it: ${line}`;
}

/** One for each build. */
function buildTag(now: Date): string {
  return `build-${now.toISOString().replaceAll(/\D/g, "")}`;
}

/** https://github.com/opencontainers/image-spec/blob/main/annotations.md */
function labelsOf(
  { ref, title, description }: Entry,
  now: Date,
): Readonly<Record<string, string>> {
  const oci = "org.opencontainers.image";
  const version = parseRef(ref)?.version;
  return {
    [LABEL.ref]: ref,
    [CREATED_LABEL]: now.toISOString(),
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
