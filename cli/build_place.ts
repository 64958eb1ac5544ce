import { parseReference } from "../adapters/images/mod.ts";
import { type Entry, Failure, nameInside, resolve } from "../schemas/mod.ts";
import { registryOf } from "./registry_of.ts";
import type { Permissions, World } from "./world.ts";

/** Where the image of an entry is built from; absolute. */
export interface BuildPlace {
  readonly folder: string;
  readonly dockerfile: string;
}

/** What an entry in an absolute folder says of building; throws `ERR_IMAGE_BUILD` when that is nothing. */
export function buildPlace(
  { ref, image }: Pick<Entry, "ref" | "image">,
  dir: string,
): BuildPlace {
  if (image.build === undefined) {
    throw new Failure(
      "ERR_IMAGE_BUILD",
      `Cannot build an image of "${ref}": its entry has no build`,
      {
        hint:
          "Write a Dockerfile beside its registry.yaml, and into that: build: { context: . }",
      },
    );
  }
  const { context, dockerfile } = image.build;
  return {
    folder: resolve(dir, context),
    dockerfile: resolve(dir, dockerfile),
  };
}

/** `llm/litellm@1` → `llm-litellm-1`: how its images are called. */
export function imageName(ref: string): string {
  return ref.replaceAll(/[^a-z0-9]+/g, "-").replace(/-$/, "");
}

/** The image that `--tag` names, as for the engine's own programs; a tag alone is that of a build of the processor. */
export function taggedName(ref: string, tag: string): string {
  const name = /[/:@]/.test(tag) ? tag : `${localName(ref)}:${tag}`;
  if (parseReference(name) !== undefined) return name;
  throw new Failure(
    "ERR_USAGE",
    `Cannot use --tag "${tag}": it is not a name of an image`,
    { hint: "Write it as NAME:TAG, or the TAG alone" },
  );
}

/** An image on the engine as a build of the processor, whatever else it is called. */
export function builtName(ref: string, id: string): string {
  return `${localName(ref)}@${id}`;
}

function localName(ref: string): string {
  return `theory-local/${imageName(ref)}`;
}

/** What reading that takes. */
export function buildPermissions(
  flags: { readonly ref: string; readonly registry: readonly string[] },
  world: World,
): Permissions | undefined {
  const loaded = registryOf(flags, world).entry(flags.ref);
  if (loaded?.entry.image.build === undefined) return undefined;
  const { folder, dockerfile } = buildPlace(
    loaded.entry,
    resolve(world.cwd, loaded.dir),
  );
  const own = [dockerfile, `${dockerfile}.dockerignore`];
  const outside = nameInside(dockerfile, folder) === undefined ? own : [];
  return { read: [folder, ...outside] };
}
