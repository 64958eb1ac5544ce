import {
  type Docker,
  isLocal,
  listImages,
  parseReference,
  push,
  type PushProgress,
  type Reference,
  repositoryName,
  userCredentials,
  withEngine,
} from "../../adapters/images/mod.ts";
import { type Entry, Failure } from "../../schemas/mod.ts";
import { imageName, taggedName } from "../build_place.ts";
import type { CommandInput } from "../command.ts";
import { containerParts } from "../container_parts.ts";
import { printJson } from "../print_json.ts";
import { startProgress } from "../progress/progress.ts";
import { registryOf } from "../registry_of.ts";
import type { World } from "../world.ts";

interface Flags {
  readonly ref: string;
  readonly tag: string | undefined;
  readonly to: string | undefined;
  readonly registry: readonly string[];
  readonly quiet: boolean;
  readonly json: boolean;
}

/** Pushes an image of an entry and prints by what digest it is known from then on. */
export async function run(
  { flags, world }: CommandInput<Flags>,
): Promise<number> {
  const { entry } = registryOf(flags, world).require(flags.ref);
  const target = targetOf(entry, { to: flags.to, env: world.env });
  const { source, tagged, digest } = await withEngine(
    containerParts(world.cwd, world),
    async (docker) => {
      const source = flags.tag === undefined
        ? await newest(docker, entry.ref)
        : taggedName(entry.ref, flags.tag);
      const tagged = withTag(target, source);
      const { interrupted: signal } = world;
      const auth = await userCredentials(world.env)(target, signal);
      const progress = startProgress(world, flags);
      progress.begin("push", tagged);
      const onProgress = (bytes: PushProgress) =>
        progress.reach("push", tagged, bytes);
      const request = { source, target: tagged, auth, signal, onProgress };
      const digest = await push(docker, request).finally(progress.end);
      return { source, tagged, digest };
    },
  );
  const pushed = `${repositoryName(target)}@${digest}`;
  if (flags.json) {
    printJson(world, {
      status: "success",
      ref: entry.ref,
      source,
      target: tagged,
      pushed_digest: digest,
      digest_ref: pushed,
    });
  } else world.stdout.write(`Pushed ${tagged}\n${pushed}\n`);
  return 0;
}

/** The name that the registry gets to know it by: its tag is the one that it has here, unless `--to` has one. */
function withTag(target: Reference, source: string): string {
  const tag = target.tag ?? parseReference(source)?.tag ?? "latest";
  return `${repositoryName(target)}:${tag}`;
}

function targetOf(
  { ref, image }: Pick<Entry, "ref" | "image">,
  { to, env }: Pick<Flags, "to"> & Pick<World, "env">,
): Reference {
  const { platforms, oci } = image;
  const [host, org] = [env("REGISTRY_HOST"), env("REGISTRY_ORG")];
  const named = to ??
    [platforms.amd64, platforms.arm64, oci].find(isElsewhere)
      ?.replace(/@.*$/, "") ??
    (host && org ? `${host}/${org}/${imageName(ref)}` : undefined);
  if (named === undefined) {
    throw new Failure(
      "ERR_USAGE",
      `Cannot push the image of "${ref}": nothing says where to`,
      { hint: "Name a repository: --to registry.example.com/team/name" },
    );
  }
  const reference = parseReference(named);
  if (reference !== undefined && reference.digest === undefined) {
    return reference;
  }
  throw new Failure(
    "ERR_USAGE",
    `Cannot push to "${named}": it is not a name of a repository`,
    { hint: "Write it like registry.example.com/team/name" },
  );
}

/** Whether a pin names a repository of a registry, not a build of this machine. */
function isElsewhere(pinned: string | undefined): boolean {
  const reference = parseReference(pinned ?? "");
  return reference !== undefined && !isLocal(reference);
}

async function newest(
  docker: Docker,
  ref: string,
): Promise<string> {
  const [image] = await listImages(docker, ref);
  if (image !== undefined) return image.tags[0] ?? image.id;
  throw new Failure(
    "ERR_IMAGE_PUSH",
    `Cannot push the image of "${ref}": the engine has none`,
    { hint: `Build it first: imagectl build --ref ${ref}` },
  );
}
