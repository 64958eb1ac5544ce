import type { BuildEngine } from "./build_engine.ts";

/** An image of a processor that an engine has. */
export interface ProcessorImage {
  readonly ref: string;
  readonly tags: readonly string[];
  /** `sha256:…`. */
  readonly id: string;
  readonly createdMs: number;
  readonly bytes: number;
}

/** Label of images that a processor was built into. */
const REF_LABEL = "theory.ref";

/** The images of processors that an engine has, of one or of all, newest first. */
export async function listImages(
  docker: Pick<BuildEngine, "listImages">,
  ref?: string,
): Promise<readonly ProcessorImage[]> {
  const label = ref === undefined ? REF_LABEL : `${REF_LABEL}=${ref}`;
  const found = await docker.listImages({ filters: { label: [label] } });
  return found
    .map(({ Id, RepoTags, Labels, Created, Size }) => ({
      ref: Labels?.[REF_LABEL] ?? "",
      tags: (RepoTags ?? []).filter((tag) => tag !== "<none>:<none>"),
      id: Id.includes(":") ? Id : `sha256:${Id}`,
      createdMs: Created * 1000,
      bytes: Size,
    }))
    // The steps of a build are images, too, and have no names.
    .filter(({ tags }) => tags.length > 0)
    .sort((a, b) => b.createdMs - a.createdMs);
}
