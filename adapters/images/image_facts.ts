import { statusOf } from "./engine_error.ts";
import type { ImageEngine, InspectedImage } from "./image_engine.ts";
import { parseReference, type Reference, repositoryName } from "./reference.ts";

/** What an engine says about an image that it has. */
export interface ImageFacts {
  /** `sha256:…`, the same wherever the image was built or pulled from. */
  readonly id: string;
  /** `repository@sha256:…` by which registries know it; none for a local build. */
  readonly repoDigests: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly architecture: string;
}

/** The part of an engine's API that looks for images. */
export interface ImageLookup {
  getImage(
    name: string,
  ): Pick<ReturnType<ImageEngine["getImage"]>, "inspect">;
}

/** Looks for an image by name or id; undefined when the engine does not have it. */
export async function imageFacts(
  docker: ImageLookup,
  name: string,
): Promise<ImageFacts | undefined> {
  try {
    return factsOf(await docker.getImage(name).inspect());
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/** The digests that an engine knows of an image at the repository of a name. */
export function digestsAt(
  { repoDigests }: Pick<ImageFacts, "repoDigests">,
  reference: Reference,
): readonly string[] {
  const name = repositoryName(reference);
  return repoDigests.map(parseReference).flatMap((each) =>
    each?.digest !== undefined && repositoryName(each) === name
      ? [each.digest]
      : []
  );
}

function factsOf(image: InspectedImage): ImageFacts {
  // Podman leaves out the algorithm.
  const id = image.Id.includes(":") ? image.Id : `sha256:${image.Id}`;
  return {
    id,
    repoDigests: image.RepoDigests ?? [],
    labels: image.Config?.Labels ?? {},
    architecture: image.Architecture ?? "",
  };
}
