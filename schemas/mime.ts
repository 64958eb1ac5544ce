/** Media types by file extension: those that Python's `mimetypes` answers, as the original system did. */
const BY_EXTENSION: Readonly<Record<string, string>> = {
  txt: "text/plain",
  log: "text/plain",
  md: "text/markdown",
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  html: "text/html",
  htm: "text/html",
  css: "text/css",
  xml: "text/xml",
  js: "text/javascript",
  mjs: "text/javascript",
  json: "application/json",
  pdf: "application/pdf",
  zip: "application/zip",
  gz: "application/gzip",
  tar: "application/x-tar",
  wasm: "application/wasm",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  svg: "image/svg+xml",
  bmp: "image/bmp",
  tif: "image/tiff",
  tiff: "image/tiff",
  ico: "image/vnd.microsoft.icon",
  heic: "image/heic",
  avif: "image/avif",
  mp3: "audio/mpeg",
  wav: "audio/x-wav",
  flac: "audio/flac",
  m4a: "audio/mp4",
  ogg: "audio/ogg",
  opus: "audio/opus",
  mp4: "video/mp4",
  webm: "video/webm",
  mov: "video/quicktime",
  mkv: "video/x-matroska",
  avi: "video/x-msvideo",
  mpeg: "video/mpeg",
  glb: "model/gltf-binary",
  yaml: "application/yaml",
  yml: "application/yaml",
};

export const DEFAULT_MIME = "application/octet-stream";

/** The media type of a file by its name. */
export function mimeOf(name: string): string {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(BY_EXTENSION, extension)
    ? BY_EXTENSION[extension] ?? DEFAULT_MIME
    : DEFAULT_MIME;
}

/** A usual extension of a media type, with its dot; empty when none is known. */
export function extensionOf(mime: string): string {
  const found = Object.entries(BY_EXTENSION).find(([, each]) => each === mime);
  return found === undefined ? "" : `.${found[0]}`;
}
