/** What can be done about a finding without typing. At least one of the two is there. */
export interface FixNote {
  /** What its fixes write. */
  readonly fix?: string;
  /** Where there is none, and why. */
  readonly none?: string;
}

const AUTHOR = "what is meant is for the author to say";
const DECLARATION =
  "which file is meant is for the author to say; editors write the one that is near";

/** Every code that a finding about a document can have. The documentation is made from it; no run reads it. */
export const FIXES: Readonly<Record<string, FixNote>> = {
  ERR_ALIAS_EXPANSION: { none: "the values have to be written out" },
  ERR_ATTACH_DIRECTORY: { none: AUTHOR },
  ERR_ATTACH_EXTRA_KEYS: { fix: "removes the other keys (choice)" },
  ERR_ATTACH_MISSING: { none: DECLARATION },
  ERR_ATTACH_NAME: {
    fix:
      "writes a number as the path that it is; removes the declaration (choice)",
    none: "$attachments as a whole is no object",
  },
  ERR_ATTACH_NOT_ACCEPTED: { none: "the place takes no such attachment" },
  ERR_ATTACH_UNKNOWN: {
    fix: "writes the name that is near; declares the attachment (choice)",
  },
  ERR_ATTACH_UNREADABLE: { none: "the file's rights are not the document's" },
  ERR_ATTACH_UNUSED: { none: "the command line declares it" },
  ERR_BAD_FACET: {
    fix:
      'adds the first "/" of a world path; takes it from the path of an output (choice)',
    none: "the path is under no known place",
  },
  ERR_DECODED_SLASH: { none: AUTHOR },
  ERR_DEPTH: { none: "the document has to be flattened" },
  ERR_DOCUMENT_EMPTY: { none: "all is missing; editors complete a document" },
  ERR_DOCUMENT_ENCODING: { none: "the text cannot be read" },
  ERR_DOCUMENT_MODE: {
    fix: "writes the mode that is near, or each of them (choice)",
  },
  ERR_DOCUMENT_TOO_LARGE: { none: "the data belongs in a file" },
  ERR_DOCUMENT_TYPE: { none: AUTHOR },
  ERR_DOT_SEGMENTS: { none: AUTHOR },
  ERR_ENTRY_HANDLER: { none: DECLARATION },
  ERR_ENTRY_REF_FOLDER: { fix: "writes the ref that the folder says" },
  ERR_ENTRY_SCHEMA: {
    fix:
      "writes the name of draft-07, the definition, type or keyword that is near, one text as a list, a number without quotes",
    none: "a pattern that does not compile, a schema elsewhere, an empty list",
  },
  ERR_FORBIDDEN_SEGMENT: { none: AUTHOR },
  ERR_KEY_DUPLICATE: {
    fix: "removes either key (choice, unless both say the same)",
    none: "a comment or an anchor would go with it",
  },
  ERR_KEY_MISSING: {
    fix:
      "adds the key with its default or only value; otherwise with an example of the schema (choice); wraps the payload in params; adds the ref of the folder, the handler that is there",
    none: "the object is written elsewhere",
  },
  ERR_KEY_UNKNOWN: {
    fix: "writes the key that is near; otherwise removes the key (choice)",
    none: "a comment or an anchor would go with it",
  },
  ERR_NUMBER_UNSAFE: {
    fix: "writes it as text, where the schema takes text",
    none: "the schema takes numbers alone",
  },
  ERR_OUTPUT_DUPLICATE: { none: AUTHOR },
  ERR_PATH_TOO_LONG: { none: AUTHOR },
  ERR_PERCENT_DECODE: { none: AUTHOR },
  ERR_REF_INVALID: {
    fix: "writes the ref that is near, or the same in lower case",
    none: "nothing is near",
  },
  ERR_REF_UNKNOWN: {
    fix: "writes the ref that is near",
    none: "nothing is near, or the document does not name it",
  },
  ERR_REGISTRY_ROOT: { none: DECLARATION.replace("file", "folder") },
  ERR_SCHEMA_VERSION: { fix: 'writes "v1"' },
  ERR_SEGMENT_TOO_LONG: { none: AUTHOR },
  ERR_SYNTAX: {
    fix:
      "adds a missing comma or colon, removes one too many and comments, puts keys and texts in double quotes where they need them, writes null and aliases that are near; adds what closes the document, writes blanks for tabs (choice)",
    none: "it is not clear what the text should be",
  },
  ERR_VALUE: {
    fix:
      "writes the value that is near, one of at most five that are allowed (choice), a cid in lower case, an environment name, the host of a URL; removes repeated items",
    none: "a size, range or pattern that only the author can meet",
  },
  ERR_VALUE_TYPE: {
    fix:
      'writes the same in the type that is expected ("3" as 3, 5 as "5", YAML\'s yes as true), one value as a list of one',
    none: "nothing of that type is the same value",
  },
  ERR_YAML_UNSUPPORTED: {
    fix: "writes a key as text; removes a tag (choice)",
    none: "an alias in itself, a key that is no text, a second document",
  },
  HINT_ATTACH_UNDECLARED: {
    fix:
      "writes the name that is near; declares the attachment (choice; editors offer files)",
  },
  HINT_SCHEMA_HTTPS: { fix: "writes http" },
  WARN_ATTACH_UNUSED: { fix: "removes the declaration (choice)" },
  WARN_BOM: { fix: "removes the mark" },
  WARN_IMAGE_UNPINNED: {
    fix: "writes a digest in its form, sha256: before it and in lower case",
    none: "there is no digest: images are not looked up",
  },
  WARN_MODE_OLD: { fix: "writes the newer name" },
  WARN_PAYLOAD_OLD: {
    fix: "wraps the payload in params, keeping comments; adds the version",
  },
  WARN_SCHEMA_REQUIRED: {
    fix:
      "writes the property that is near; adds the key to the properties (choice)",
  },
  WARN_SECRET_VALUE: {
    fix: "removes the secret from the document (choice); it is never shown",
  },
};
