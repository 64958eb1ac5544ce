/** Folder of the repository, with a slash at its end. */
export const ROOT: string = decodeURIComponent(
  new URL("../", import.meta.url).pathname,
);
