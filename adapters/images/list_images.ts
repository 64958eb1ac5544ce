import { LABEL } from "../containers/labels.ts";
import type { BuildEngine, ListedImage } from "./build_engine.ts";
import { parseReference } from "./reference.ts";

/** An image of a processor that an engine has. */
export interface ProcessorImage {
  readonly ref: string;
  readonly tags: readonly string[];
  /** `repository@sha256:…`; an image that was pulled by digest has these alone. */
  readonly digests: readonly string[];
  /** `sha256:…`. */
  readonly id: string;
  readonly createdMs: number;
  readonly bytes: number;
}

/** Label of the time of a build, to the millisecond: engines tell seconds, and when all steps were done before, of those. */
export const CREATED_LABEL = "org.opencontainers.image.created";

/** The images of processors that an engine has, of one or of all, newest first. */
export async function listImages(
  docker: Pick<BuildEngine, "listImages">,
  ref?: string,
): Promise<readonly ProcessorImage[]> {
  const label = ref === undefined ? LABEL.ref : `${LABEL.ref}=${ref}`;
  const found = await docker.listImages({ filters: { label: [label] } });
  return found
    .map(imageIn)
    // The steps of a build are images, too, and have no names.
    .filter(({ tags, digests }) => tags.length + digests.length > 0)
    .sort((a, b) => b.createdMs - a.createdMs);
}

function imageIn(
  { Id, RepoTags, RepoDigests, Labels, Created, Size }: ListedImage,
): ProcessorImage {
  // Podman has digests among the tags, which are those of registries, unlike some of the others.
  const names = [...new Set([...RepoTags ?? [], ...RepoDigests ?? []])]
    .filter(isName);
  // A base image may have the label, too.
  const built = Date.parse(Labels?.[CREATED_LABEL] ?? "") || 0;
  return {
    ref: Labels?.[LABEL.ref] ?? "",
    tags: names.filter((name) => parseReference(name)?.digest === undefined),
    digests: names.filter((name) => parseReference(name)?.digest !== undefined),
    id: Id.includes(":") ? Id : `sha256:${Id}`,
    createdMs: Math.max(built, Created * 1000),
    bytes: Size,
  };
}

/** Whether it is a name, and not `<none>:<none>`. */
function isName(text: string): boolean {
  return parseReference(text) !== undefined;
}
