import { dirname } from "../schemas/mod.ts";

/** The text of a file by its absolute path; undefined when there is none, or it may not be read. */
export type TextReader = (path: string) => string | undefined;

/** An absolute folder and those that it lies in, from the inside out. */
export function* foldersAbove(dir: string): Generator<string> {
  for (let at = dir;; at = dirname(at)) {
    yield at;
    if (at === dirname(at)) return;
  }
}
