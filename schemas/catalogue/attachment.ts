import type { Codes } from "./mod.ts";

/** `$attach`, `$attachments`, `--attach`. */
export const ATTACHMENT: Codes = {
  ERR_ATTACH_UNKNOWN: {
    meaning: "An attachment name that is not declared",
    cause: "A typo, or a missing --attach name=path",
    fix: "Declare it with --attach or in $attachments",
    exit: 3,
  },
  HINT_ATTACH_UNDECLARED: {
    meaning: "An attachment name that the document does not declare",
    cause: "It may come from the command line",
    fix: "Declare it in $attachments, or give --attach when running",
    exit: 0,
    severity: "hint",
  },
  ERR_ATTACH_MISSING: {
    meaning: "An attached file does not exist",
    cause: "A wrong path; paths in $attachments are relative to the document",
    fix: "Check the path",
    exit: 3,
  },
  ERR_ATTACH_DIRECTORY: {
    meaning: "An attachment is a folder",
    cause: "Attachments are single files",
    fix: "Name a file; pack a folder into an archive first",
    exit: 3,
  },
  ERR_ATTACH_UNREADABLE: {
    meaning: "An attached file cannot be read",
    cause:
      "It belongs to somebody else, is no regular file, or Deno may not read it",
    fix: "Check its rights and the --allow-read given",
    exit: 3,
  },
  ERR_ATTACH_EXTRA_KEYS: {
    meaning: "An $attach object has other keys",
    cause: 'Only an object that is exactly {"$attach": "name"} is replaced',
    fix: "Remove the other keys",
    exit: 3,
  },
  ERR_ATTACH_UNUSED: {
    meaning: "An attachment that nothing uses",
    cause: "A typo in its name, or it is no longer needed",
    fix: 'Use it as {"$attach": "name"} or remove it',
    exit: 3,
  },
  WARN_ATTACH_UNUSED: {
    meaning: "$attachments declares a file that nothing uses",
    cause: "A typo in its name, or it is no longer needed",
    fix: 'Use it as {"$attach": "name"} or remove it',
    exit: 0,
    severity: "warning",
  },
  ERR_ATTACH_NOT_ACCEPTED: {
    meaning: "The processor takes no attachment at this place",
    cause:
      "Its inputs schema allows no object with $artifact, cid and mime here",
    fix: "Move it to a place that takes one; registry schema REF shows where",
    exit: 3,
  },
  ERR_ATTACH_NAME: {
    meaning: "An attachment is declared in the wrong form",
    cause:
      "It is name=path on the command line and name: path in $attachments, and each name once",
    fix: "Write --attach image=photo.jpg",
    exit: 2,
  },
  ERR_ARTIFACT_PATH: {
    meaning: "An $artifact object does not name a world path",
    cause:
      "World paths are absolute, without . and .., under /artifacts/ or /streams/",
    fix: "Use a path as an envelope lists it",
    exit: 3,
  },
  ERR_ARTIFACT_MISSING: {
    meaning: "An artifact is not in the store",
    cause: "It was never put there, or another state folder is in use",
    fix: "Attach the file instead, or name the right --state-dir",
    exit: 3,
  },
};
