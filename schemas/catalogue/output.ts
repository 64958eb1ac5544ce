import type { Codes } from "./mod.ts";

/** Outputs and world paths. */
export const OUTPUT: Codes = {
  ERR_OUTPUT_DUPLICATE: {
    meaning: "Two outputs have one path",
    cause: "The paths are the same after they are brought into canonical form",
    fix: "Give each output its own path",
    exit: 1,
  },
  ERR_OUTPUT_UNDECLARED: {
    meaning: "The processor wrote an output that its entry does not declare",
    cause: "outputs in registry.yaml does not name it",
    fix: "Declare it, or a folder that ends in /",
    exit: 1,
  },
  ERR_OUTPUT_MISSING: {
    meaning: "The processor did not write an output that it must write",
    cause: "outputs in registry.yaml requires it",
    fix: "Write it, or declare it with required: false",
    exit: 1,
  },
  ERR_OUTPUT_UNSAFE: {
    meaning:
      "An output is not a plain file of the run, or its name tells a secret",
    cause:
      "It is a link, a device or has a second name on the disk; it cannot be looked at; or it was named after a secret",
    fix: "Write the bytes themselves, under a name that may be known",
    exit: 1,
  },
  ERR_OUTPUT_TOO_LARGE: {
    meaning: "The outputs are larger than allowed",
    cause: "More bytes, files or folders than one run may write",
    fix: "Write less",
    exit: 1,
  },
  ERR_SAVE: {
    meaning:
      "The result, or the outputs of a run that succeeded, could not be written where asked",
    cause: "The disk is full or a file is in the way",
    fix:
      "Make room there; of a run, the outputs are in the artifact store and runs show has the envelope",
    exit: 9,
  },
  ERR_PREFIX_TEMPLATE: {
    meaning: "The write prefix is not usable",
    cause:
      "It must lie below /artifacts/, end in / and hold no other {…} than {execution_id}",
    fix: "Write it like /artifacts/outputs/demo/{execution_id}/",
    exit: 2,
  },
  ERR_BAD_FACET: {
    meaning: "A world path is not under /artifacts/ or /streams/",
    cause: "World paths are absolute and have one of these two roots",
    fix: "Begin it with /artifacts/",
    exit: 2,
  },
  ERR_PATH_TOO_LONG: {
    meaning: "A world path has more than 1024 characters",
    cause: "Too many or too long folder names",
    fix: "Shorten it",
    exit: 2,
  },
  ERR_SEGMENT_TOO_LONG: {
    meaning: "A segment of a world path has more than 255 characters",
    cause: "File systems do not take longer names",
    fix: "Shorten it",
    exit: 2,
  },
  ERR_PERCENT_DECODE: {
    meaning: "A world path cannot be percent-decoded",
    cause:
      "A % that is no escape, or one that is not UTF-8 or decodes to a control character",
    fix: "Write a literal % as %25",
    exit: 2,
  },
  ERR_DECODED_SLASH: {
    meaning: "A world path holds an encoded slash",
    cause: "%2F would add a folder that is not visible in the path",
    fix: "Write / or another character",
    exit: 2,
  },
  ERR_DOT_SEGMENTS: {
    meaning: "A world path has a . or .. segment",
    cause: "World paths are canonical",
    fix: "Write the path without",
    exit: 2,
  },
  ERR_FORBIDDEN_SEGMENT: {
    meaning: "A world path has a reserved segment",
    cause: ".git and .well-known have a meaning to other programs",
    fix: "Use another name",
    exit: 2,
  },
};
