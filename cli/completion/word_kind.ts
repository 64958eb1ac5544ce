/** Kinds of words that can be completed. */
export type WordKind =
  | "ref"
  | "instance"
  | "code"
  | "command"
  | "file"
  | "named-file"
  | "folder"
  | "stdin";

const KINDS: Readonly<Record<string, WordKind>> = {
  REF: "ref",
  CODE: "code",
  COMMAND: "command",
  FILE: "file",
  "NAME=PATH": "named-file",
  DIR: "folder",
  "-": "stdin",
};

/** What completes a word, by what help calls it; undefined for texts of all kinds. */
export function wordKind(placeholder: string): WordKind | undefined {
  return KINDS[placeholder];
}
