import type { Codes } from "./mod.ts";

/** How inputs documents (and registry entries) are written. */
export const DOCUMENT: Codes = {
  ERR_INPUTS: {
    meaning: "The inputs document has errors, so nothing was started",
    cause: "See the diagnostics, each with its own code",
    fix: "Mend the places named; check FILE shows them again",
    exit: 3,
  },
  ERR_DOCUMENT_EMPTY: {
    meaning: "The document is empty",
    cause: "An empty file, or nothing came through the pipe",
    fix: 'Give at least {"schema": "v1", "params": {}}',
    exit: 3,
  },
  ERR_DOCUMENT_TOO_LARGE: {
    meaning: "The document is larger than 16 MiB",
    cause: "Data was put into the document itself",
    fix: "Attach large data as a file: --attach name=path",
    exit: 3,
  },
  ERR_DOCUMENT_ENCODING: {
    meaning: "The document is not valid UTF-8",
    cause: "It was saved in another encoding, or is not text",
    fix: "Save it as UTF-8",
    exit: 3,
  },
  ERR_DOCUMENT_UNREADABLE: {
    meaning: "The document cannot be read",
    cause: "The file is missing, a folder, or not readable",
    fix: "Check the path",
    exit: 3,
  },
  ERR_DOCUMENT_UNWRITABLE: {
    meaning: "A fixed document cannot be written",
    cause: "The file or its folder is not writable",
    fix: "Check its rights, or give the document on standard input",
    exit: 3,
  },
  WARN_BOM: {
    meaning: "The document begins with a byte order mark",
    cause: "Some editors and shells add one; JSON has none",
    fix: "Save it without",
    exit: 0,
    severity: "warning",
  },
  ERR_SYNTAX: {
    meaning: "The text is not well-formed JSON or YAML",
    cause: "A missing comma, quote or bracket, or wrong indentation",
    fix: "Mend the place named",
    exit: 3,
  },
  ERR_DEPTH: {
    meaning: "The document is nested deeper than 200 levels",
    cause: "Usually a program that wrote it in a loop",
    fix: "Flatten it",
    exit: 3,
  },
  ERR_ALIAS_EXPANSION: {
    meaning: "The document's aliases stand for too many values",
    cause: "Aliases of aliases multiply, by accident or on purpose",
    fix: "Write the values out, or attach them as a file",
    exit: 3,
  },
  ERR_YAML_UNSUPPORTED: {
    meaning: "A YAML feature that JSON has no form for",
    cause:
      "A tag, a key that is not text, a value that contains itself, or a second document",
    fix: "Write plain maps, lists, texts and numbers, one document in a file",
    exit: 3,
  },
  ERR_KEY_DUPLICATE: {
    meaning: "A key stands twice in one object",
    cause: "Readers disagree on which one counts",
    fix: "Remove one of them",
    exit: 3,
  },
  ERR_NUMBER_UNSAFE: {
    meaning: "A number that cannot be kept exactly",
    cause:
      "An integer beyond 2^53 - 1, or a number beyond the range of a double",
    fix: "Write it as text in quotes",
    exit: 3,
  },
  ERR_DOCUMENT_TYPE: {
    meaning: "The document is not an object",
    cause: "It is a list, a text or a number",
    fix: 'Write {"schema": "v1", "params": {…}}',
    exit: 3,
  },
  ERR_SCHEMA_VERSION: {
    meaning: 'The schema of the document is not "v1"',
    cause: "A typo, or a document for a later version",
    fix: 'Write schema: "v1"',
    exit: 3,
  },
  ERR_KEY_UNKNOWN: {
    meaning: "A key that is not known here",
    cause: "A typo, or a key that belongs inside params",
    fix: "Use one of the keys that are listed",
    exit: 3,
  },
  ERR_KEY_MISSING: {
    meaning: "A required key is missing",
    cause: "The schema of the processor or of the document requires it",
    fix: "Add it; registry example REF prints a document that has everything",
    exit: 3,
  },
  ERR_VALUE_TYPE: {
    meaning: "A value of the wrong type",
    cause: "For example a text where a number is expected",
    fix: "Use the type that is named",
    exit: 3,
  },
  ERR_VALUE: {
    meaning: "A value that the schema does not allow",
    cause:
      "Not one of the allowed values, too long, too small, or not in the right form",
    fix: "Use a value as described",
    exit: 3,
  },
  ERR_DOCUMENT_MODE: {
    meaning: "The document's mode is not one of mock, real and smoke",
    cause: "A typo",
    fix: "Use mock, real or smoke",
    exit: 3,
  },
  WARN_MODE_OLD: {
    meaning: "An older spelling of a mode",
    cause: '"default" is what "real" was called',
    fix: "Write the newer one",
    exit: 0,
    severity: "warning",
  },
  WARN_PAYLOAD_OLD: {
    meaning: "A payload of the older form, without schema and params",
    cause: 'Older documents held the parameters at the top: {"messages": …}',
    fix: 'Wrap it: {"schema": "v1", "params": {…}}',
    exit: 0,
    severity: "warning",
  },
  ERR_REF_UNKNOWN: {
    meaning: "No registry entry has this ref",
    cause: "A typo, or a registry root that was not given",
    fix: "registry list shows the refs; --registry DIR adds a root",
    exit: 2,
  },
  ERR_REF_MISSING: {
    meaning: "Nothing says which processor is meant",
    cause: "Neither --ref nor $processor in the document",
    fix: "Add --ref ns/name@version",
    exit: 2,
  },
  ERR_REF_INVALID: {
    meaning: "This is not a processor ref",
    cause:
      "A ref is ns/name@version, in lower case, with a whole number as version",
    fix: "Write it like llm/litellm@1",
    exit: 2,
  },
  WARN_SECRET_VALUE: {
    meaning: "A value that looks like a secret",
    cause: "A token or key was written into the document",
    fix: "Take it out: secrets come from the environment by name",
    exit: 0,
    severity: "warning",
  },
};
