import type { FileState } from "../check_types.ts";
import type { ConfigCheckOptions } from "../config_check.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { nearest } from "../nearest.ts";
import { parseRef } from "../ref.ts";
import type { Place } from "../registry_entry/place.ts";
import { finding, members, placeAt, textAt } from "../registry_entry/place.ts";
import { oneOf } from "../show_value.ts";
import type { Source } from "../source.ts";
import { shortText } from "../tree_rules.ts";
import { writing } from "../writing.ts";

/** Folders, files, globs and refs of a configuration lead to something. */
export function checkPlaces(
  root: Place,
  source: Source,
  { registry, probe = UNKNOWN }: ConfigCheckOptions,
): readonly Diagnostic[] {
  const rules = members(placeAt(root, "inputs"));
  return [
    ...members(placeAt(root, "registry")).flatMap((each) =>
      checkRoot(each, probe)
    ),
    ...rules.flatMap((rule) => [
      ...globsOf(placeAt(rule, "files")).flatMap(checkGlob),
      ...checkRef(placeAt(rule, "ref"), source, registry),
      ...members(placeAt(rule, "attach")).flatMap((each) =>
        checkFile(each, probe)
      ),
    ]),
  ];
}

const UNKNOWN = (): FileState => ({ kind: "unknown" });

function checkRoot(
  place: Place,
  probe: (relative: string) => FileState,
): readonly Diagnostic[] {
  const dir = textAt(place);
  if (dir === undefined || dir === "") return [];
  const { kind } = probe(dir);
  if (kind === "directory" || kind === "unknown") return [];
  const found = kind === "missing" ? "does not exist" : "is not a folder";
  return [finding("ERR_REGISTRY_ROOT", place, {
    message: `Cannot read registry root ${shortText(dir)}: it ${found}`,
    expected: "a folder, relative to this file",
  })];
}

function globsOf(files: Place | undefined): readonly Place[] {
  return files?.node.kind === "array"
    ? members(files)
    : files === undefined
    ? []
    : [files];
}

function checkGlob(place: Place): readonly Diagnostic[] {
  const glob = textAt(place);
  if (glob === undefined) return [];
  const above = glob.startsWith("/") || glob.split("/").includes("..");
  if (!above) return [];
  return [finding("ERR_VALUE", place, {
    message: `Cannot match files with ${
      shortText(glob)
    }: it leads out of the folder of this file`,
    expected: "a glob relative to this file, such as examples/**/*.json",
  })];
}

function checkRef(
  place: Place | undefined,
  source: Source,
  registry: ConfigCheckOptions["registry"],
): readonly Diagnostic[] {
  const ref = textAt(place);
  if (place === undefined || ref === undefined || registry === undefined) {
    return [];
  }
  const valid = parseRef(ref) !== undefined;
  if (valid && registry.entry(ref) !== undefined) return [];
  const { refs } = registry;
  const near = nearest(ref, refs);
  const hint = near === undefined ? "" : `, did you mean ${shortText(near)}`;
  const fixes = near === undefined
    ? []
    : [writing(source, place.node.span, near)];
  if (!valid) {
    return [finding("ERR_REF_INVALID", place, {
      message: `Cannot use ${
        shortText(ref)
      } as a processor ref: it has not its form${hint}`,
      expected: "ns/name@version, in lower case",
      fixes,
    })];
  }
  return [finding("ERR_REF_UNKNOWN", place, {
    message: `Cannot find processor ${
      shortText(ref)
    }: no registry entry has this ref${hint}`,
    ...(refs.length === 0 ? {} : { expected: oneOf([...refs]) }),
    fixes,
  })];
}

const NO_FILE = {
  missing: ["ERR_ATTACH_MISSING", "does not exist"],
  directory: ["ERR_ATTACH_DIRECTORY", "is a folder"],
  unreadable: ["ERR_ATTACH_UNREADABLE", "cannot be read"],
} as const;

function checkFile(
  place: Place & { readonly key: string },
  probe: (relative: string) => FileState,
): readonly Diagnostic[] {
  const path = textAt(place);
  if (path === undefined || path === "") return [];
  const { kind } = probe(path);
  if (kind === "file" || kind === "unknown") return [];
  const [code, found] = NO_FILE[kind];
  return [finding(code, place, {
    message: `Cannot attach ${shortText(place.key)}: ${
      shortText(path)
    } ${found}`,
    expected: "a file; relative paths start at the folder of this file",
  })];
}
