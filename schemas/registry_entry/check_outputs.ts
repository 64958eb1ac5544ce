import type { Diagnostic, Fix } from "../diagnostic.ts";
import type { JsonObject } from "../json.ts";
import type { Source } from "../source.ts";
import { toJson } from "../tree.ts";
import type { WorldPath, WritePrefix } from "../world_path.ts";
import { underPrefix } from "../world_path.ts";
import { writing } from "../writing.ts";
import { outputPath } from "./outputs.ts";
import type { Place } from "./place.ts";
import { finding, isObjectPlace, members, placeAt, textAt } from "./place.ts";

const PREFIX = "/artifacts/outputs/" as WritePrefix;

interface Declared {
  readonly place: Place;
  readonly path: string;
}

/** Output paths follow the world path rules below a write prefix, and no two are one. */
export function checkOutputs(
  root: Place,
  source: Source,
): readonly Diagnostic[] {
  const findings: Diagnostic[] = [];
  const seen = new Map<string, Declared>();
  for (const declared of declaredPaths(placeAt(root, "outputs"))) {
    const result = underPrefix(PREFIX, declared.path);
    if (!result.ok) {
      const { code, found } = result.problem;
      findings.push(finding(code, declared.place, {
        message: `Cannot use output path "${declared.path}": ${found}`,
        expected: "a path below the write prefix, such as text/response.txt",
        fixes: relativePath(declared, source),
      }));
      continue;
    }
    const clash = collision(result.path, declared, seen);
    if (clash !== undefined) findings.push(clash);
    seen.set(result.path, declared);
  }
  return findings;
}

/** A path that is right but for where it starts. Whether the handler writes there is for a person to know. */
function relativePath(
  { place, path }: Declared,
  source: Source,
): readonly Fix[] {
  const relative = path.replace(/^(?:\.?\/)+/, "");
  const { length } = relative;
  const right = 0 < length && length < path.length &&
    textAt(place) === path && underPrefix(PREFIX, relative).ok;
  return right
    ? [{ ...writing(source, place.node.span, relative), choice: true }]
    : [];
}

function declaredPaths(outputs: Place | undefined): readonly Declared[] {
  if (outputs?.node.kind === "array") {
    return members(outputs).flatMap((output) => {
      const place = placeAt(output, "path");
      const path = textAt(place);
      return place === undefined || path === undefined ? [] : [{ place, path }];
    });
  }
  const properties = outputs && placeAt(outputs, "properties");
  return members(properties).filter(isObjectPlace).map((property) => ({
    place: placeAt(property, "path") ?? property,
    path: outputPath(property.key, toJson(property.node) as JsonObject),
  }));
}

/** A file cannot be written twice, and cannot be a folder at once. */
function collision(
  path: WorldPath,
  declared: Declared,
  seen: ReadonlyMap<string, Declared>,
): Diagnostic | undefined {
  const same = seen.get(path);
  const around = [...seen].find(([other]) =>
    path.startsWith(`${other}/`) || other.startsWith(`${path}/`)
  )?.[1];
  const other = same ?? around;
  if (other === undefined) return undefined;
  const found = same === undefined
    ? `"${other.path}" and it cannot be a file and a folder at once`
    : `"${other.path}" is the same path`;
  return finding("ERR_OUTPUT_DUPLICATE", declared.place, {
    message: `Cannot declare output "${declared.path}" again: ${found}`,
    related: [{ message: "The other one", span: other.place.node.span }],
  });
}
