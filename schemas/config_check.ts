import { checkDefaults, type FlagShape } from "./config/check_defaults.ts";
import { checkPlaces } from "./config/check_places.ts";
import type { FileState, RegistryView } from "./check_types.ts";
import { inOrder } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { hasErrors } from "./diagnostic.ts";
import type { ConfigDocument } from "./documents/config_document.ts";
import configSchema from "./json/theory_config.schema.json" with {
  type: "json",
};
import type { JsonObject } from "./json.ts";
import { compileSchema } from "./json_schema.ts";
import { parse } from "./parse.ts";
import type { Source } from "./source.ts";
import type { Tree } from "./tree.ts";
import { toJson } from "./tree.ts";
import { unsafeNumberFixes } from "./unsafe_number_fixes.ts";

export interface ConfigCheckOptions {
  /** The entries that refs may name. Without it refs are not looked up. */
  readonly registry?: RegistryView;
  /** What is at a path relative to the document. Without it files are not looked for. */
  readonly probe?: (relative: string) => FileState;
  /** The flags of all commands. Without them `defaults` may name anything. */
  readonly flags?: readonly FlagShape[];
}

/** What is known about a `theory.yaml`. */
export interface CheckedConfig {
  readonly tree: Tree;
  /** In order of position. */
  readonly diagnostics: readonly Diagnostic[];
  /** Missing when the document has not the shape of a configuration. */
  readonly config?: ConfigDocument;
}

/** Checks a configuration; one without any key is right. Pure but for what `probe` and `registry` look up. */
export function checkConfig(
  source: Source,
  options: ConfigCheckOptions = {},
): CheckedConfig {
  const tree = parse(source);
  const { root, problems } = tree;
  if (root === undefined && tree.complete) {
    return { tree, diagnostics: problems, config: {} };
  }
  if (root === undefined || !tree.complete) {
    return { tree, diagnostics: problems };
  }
  const judge = compileSchema(configSchema as JsonObject);
  const shape = [
    ...unsafeNumberFixes(tree, judge),
    ...judge(root, { source }),
  ];
  const place = { node: root, pointer: "" };
  const places = checkPlaces(place, source, options);
  const refs = places.filter(({ code }) => code === "ERR_REF_INVALID")
    .map(({ pointer }) => pointer);
  const diagnostics = inOrder([
    // What is wrong with the form of a ref is told once.
    ...shape.filter(({ pointer }) => !refs.includes(pointer)),
    ...places,
    ...checkDefaults(place, source, options.flags),
  ]);
  if (hasErrors(shape)) return { tree, diagnostics };
  const config = toJson(root) as unknown as ConfigDocument;
  return { tree, diagnostics, config };
}
