import type { Codes } from "./mod.ts";

/** Registry entries and images. */
export const ENTRY: Codes = {
  ERR_REGISTRY_ENTRY: {
    meaning: "The registry entry has errors",
    cause: "See the diagnostics, each with its own code",
    fix: "registry validate REF shows them again",
    exit: 3,
  },
  ERR_REGISTRY_ROOT: {
    meaning: "A registry root cannot be read",
    cause:
      "The folder given with --registry or THEORY_REGISTRY is missing or not readable",
    fix: "Check the path",
    exit: 2,
  },
  ERR_ENTRY_REF_FOLDER: {
    meaning: "The ref of an entry does not fit its folder",
    cause: "ns/name@version is read from <root>/ns/name/version/registry.yaml",
    fix: "Change the ref or move the folder",
    exit: 3,
  },
  ERR_ENTRY_SCHEMA: {
    meaning: "The entry's inputs are not a draft-07 JSON Schema",
    cause: "A keyword has a value that it cannot have",
    fix: "Mend the place named",
    exit: 3,
  },
  HINT_SCHEMA_HTTPS: {
    meaning: "The $schema of draft-07 is spelt with https",
    cause: "Its name is http://json-schema.org/draft-07/schema#",
    fix: "Write http; it is read as draft-07 all the same",
    exit: 0,
    severity: "hint",
  },
  WARN_SCHEMA_REQUIRED: {
    meaning: "A required key is not among the properties",
    cause: "A typo in required or in properties",
    fix: "Make them agree",
    exit: 0,
    severity: "warning",
  },
  ERR_ENTRY_HANDLER: {
    meaning: "The handler module of an entry is missing",
    cause: "The file named by handler is not beside registry.yaml",
    fix: "Create it, or correct the name",
    exit: 3,
  },
  ERR_ENTRY_EXAMPLE: {
    meaning: "No example can be made for the entry's inputs schema",
    cause:
      "The schema contradicts itself, or asks for something that only a person can write",
    fix: "Mend the place named, or give the schema an examples list",
    exit: 3,
  },
  WARN_IMAGE_UNPINNED: {
    meaning: "An image is named by tag, not by digest",
    cause: "Tags move: the image that runs may not be the one that was tested",
    fix: "registry pin writes repository@sha256:…",
    exit: 0,
    severity: "warning",
  },
  ERR_IMAGE_UNPINNED: {
    meaning: "The image is not pinned by digest",
    cause: "The entry names a tag or has no image for this platform",
    fix: "registry pin --ref REF --platform P --oci REPOSITORY:TAG",
    exit: 5,
  },
  ERR_IMAGE_PULL: {
    meaning: "The image could not be fetched",
    cause:
      "The registry does not have it or wants a login, or the engine does not reach the registry",
    fix: "Do what the message says; the engine's own words are in its details",
    exit: 5,
  },
  ERR_IMAGE_BUILD: {
    meaning: "The image of a processor could not be built",
    cause: "A step of its Dockerfile failed, or what it needs is not there",
    fix:
      "Mend the step that the message names; what it printed last is shown with it",
    exit: 5,
  },
  ERR_IMAGE_PUSH: {
    meaning: "The image of a processor could not be pushed",
    cause:
      "The registry wants a login or does not allow it, or the engine does not reach it",
    fix: "Do what the message says; the engine's own words are in its details",
    exit: 5,
  },
  ERR_IMAGE_CREDENTIALS: {
    meaning: "The login for a registry of images could not be looked up",
    cause:
      "The configuration of Docker or Podman is damaged, or its credential helper fails",
    fix: "Log in again: docker login, podman login",
    exit: 5,
  },
  ERR_ENTRY_EDIT: {
    meaning: "The entry cannot be edited by a command",
    cause:
      "It is written in a way in which one change would change something else, as with anchors",
    fix: "Write it by hand",
    exit: 3,
  },
  ERR_ENTRY_SHIPPED: {
    meaning: "The entry came with theoryctl and is not yours to edit",
    cause: "No registry root of yours has the ref",
    fix: "Copy its folder into a registry root of yours",
    exit: 2,
  },
  ERR_IMAGE_DRIFT: {
    meaning: "What runs is not what the entry says",
    cause:
      "After the instance was started the entry or its handler changed, or another image was pinned; or what a container says at /healthz that it runs is not what the entry pins",
    fix:
      "Stop the instance and start it again by the line that was printed; a server that says a digest has to say what IMAGE_DIGEST holds",
    exit: 5,
  },
};
