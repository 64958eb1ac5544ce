import { oneFileTar } from "./one_file_tar.ts";

/** Where an image is put, and who puts it there. */
export interface Shelf {
  /** Host and port of a registry without TLS. */
  readonly host: string;
  readonly account?: { readonly username: string; readonly password: string };
}

const IMAGE = "application/vnd.docker.distribution.manifest.v2+json";
const LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
const CONFIG = "application/vnd.docker.container.image.v1+json";
const LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";

/** What a registry is told of something that it has. */
interface Descriptor {
  readonly mediaType: string;
  readonly size: number;
  readonly digest: string;
}

/** An image in a registry. */
export interface ShelvedImage extends Descriptor {
  /** `host/name@sha256:…`. */
  readonly reference: string;
  /** `host/name:tag`. */
  readonly tagged: string;
}

/**
 * Puts an image of one file into a registry, as a push would, without an engine; each one is another image. `name` has a
 * tag.
 */
export async function putImage(
  shelf: Shelf,
  name: string,
  { architecture = "amd64", bytes = 1000 } = {},
): Promise<ShelvedImage> {
  const content = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 65536) {
    crypto.getRandomValues(content.subarray(at, at + 65536));
  }
  const tar = oneFileTar("content", content);
  const rootfs = { type: "layers", diff_ids: [await digestOf(tar)] };
  const config = textBytes({ architecture, os: "linux", config: {}, rootfs });
  const [repository = "", tag = ""] = name.split(":");
  const put = { shelf, repository };
  return await putManifest(put, tag, {
    schemaVersion: 2,
    mediaType: IMAGE,
    config: await putBlob(put, CONFIG, config),
    layers: [await putBlob(put, LAYER, await gzip(tar))],
  });
}

/** Puts images that are there already together under one name, each for its platform. */
export async function putList(
  shelf: Shelf,
  name: string,
  images: Readonly<Record<string, ShelvedImage>>,
): Promise<ShelvedImage> {
  const [repository = "", tag = ""] = name.split(":");
  const manifests = Object.entries(images).map(([architecture, image]) => ({
    mediaType: image.mediaType,
    size: image.size,
    digest: image.digest,
    platform: { architecture, os: "linux" },
  }));
  const list = { schemaVersion: 2, mediaType: LIST, manifests };
  return await putManifest({ shelf, repository }, tag, list);
}

interface Place {
  readonly shelf: Shelf;
  readonly repository: string;
}

async function putManifest(
  place: Place,
  tag: string,
  manifest: { readonly mediaType: string } & Readonly<Record<string, unknown>>,
): Promise<ShelvedImage> {
  const { shelf: { host }, repository } = place;
  const bytes = textBytes(manifest);
  const { mediaType } = manifest;
  await send(place, `http://${host}/v2/${repository}/manifests/${tag}`, {
    method: "PUT",
    headers: { "content-type": mediaType },
    body: bytes,
  });
  const digest = await digestOf(bytes);
  return {
    ...{ mediaType, size: bytes.length, digest },
    reference: `${host}/${repository}@${digest}`,
    tagged: `${host}/${repository}:${tag}`,
  };
}

async function putBlob(
  place: Place,
  mediaType: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Descriptor> {
  const { shelf: { host }, repository } = place;
  const begun = `http://${host}/v2/${repository}/blobs/uploads/`;
  const headers = await send(place, begun, { method: "POST" });
  const digest = await digestOf(bytes);
  const to = new URL(headers.get("location") ?? "", begun);
  to.searchParams.set("digest", digest);
  await send(place, to.href, { method: "PUT", body: bytes });
  return { mediaType, size: bytes.length, digest };
}

async function send(
  { shelf: { account } }: Place,
  url: string,
  request: RequestInit,
): Promise<Headers> {
  const headers = new Headers(request.headers);
  if (account !== undefined) {
    const { username, password } = account;
    headers.set("authorization", `Basic ${btoa(`${username}:${password}`)}`);
  }
  const response = await fetch(url, { ...request, headers });
  const text = await response.text();
  if (response.ok) return response.headers;
  throw new Error(`Cannot put into the registry: ${response.status} ${text}`);
}

function textBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}

async function gzip(bytes: Uint8Array<ArrayBuffer>) {
  const zipped = new Blob([bytes]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(zipped).arrayBuffer());
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return `sha256:${new Uint8Array(hash).toHex()}`;
}
