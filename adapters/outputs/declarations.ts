import type {
  DeclaredOutput,
  Entry,
  WorldPath,
  WritePrefix,
} from "../../schemas/mod.ts";
import { Failure, mimeOf, underPrefix } from "../../schemas/mod.ts";

/** What an entry says about the outputs of one run. */
export interface Declarations {
  covers(path: WorldPath): boolean;
  /** The media type of an output. An output that no declaration covers is `ERR_OUTPUT_UNDECLARED`. */
  mimeOf(path: WorldPath): string;
  /** Refuses with `ERR_OUTPUT_MISSING` when a required output is not among the paths. */
  requireAll(paths: readonly WorldPath[]): void;
  readonly outputs: readonly PlacedOutput[];
}

/** A declared output and where it lands in this run. */
export interface PlacedOutput extends DeclaredOutput {
  /** Ends in `/` when it stands for any files below it. */
  readonly place: WorldPath;
}

export function declarationsOf(
  entry: Entry,
  writePrefix: WritePrefix,
): Declarations {
  const outputs = entry.outputs.map((output) => ({
    ...output,
    place: placeOf(output, writePrefix),
  }));
  const isCovered = (path: WorldPath) =>
    outputs.some((output) => covers(output, path));
  return {
    outputs,
    covers: isCovered,
    mimeOf(path) {
      const exact = outputs.find(({ place }) => place === path);
      if (exact !== undefined) return exact.mime;
      if (isCovered(path)) return mimeOf(path);
      throw undeclared(path, outputs);
    },
    requireAll(paths) {
      const missing = outputs.find((output) =>
        output.required && !paths.some((path) => covers(output, path))
      );
      if (missing === undefined) return;
      throw new Failure(
        "ERR_OUTPUT_MISSING",
        `Cannot find output "${missing.name}": the processor wrote nothing to ${missing.place}`,
      );
    },
  };
}

function placeOf(
  { name, path }: DeclaredOutput,
  writePrefix: WritePrefix,
): WorldPath {
  const placed = underPrefix(writePrefix, path);
  if (placed.ok) return placed.path;
  const { code, message } = placed.problem;
  throw new Failure(
    code,
    `Cannot place declared output "${name}": ${message}`,
  );
}

function covers({ place }: PlacedOutput, path: WorldPath): boolean {
  return place.endsWith("/") ? path.startsWith(place) : path === place;
}

function undeclared(
  path: WorldPath,
  outputs: readonly PlacedOutput[],
): Failure {
  const declared = outputs.map(({ place }) => place).join(", ") || "none";
  return new Failure(
    "ERR_OUTPUT_UNDECLARED",
    `Cannot accept output "${path}": the entry does not declare it, declared: ${declared}`,
  );
}
