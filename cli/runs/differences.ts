import { below, isObject, type Json } from "../../schemas/mod.ts";

/** A place where two values differ; a side without the place is left out. */
export interface Difference {
  /** JSON Pointer. */
  readonly path: string;
  readonly a?: Json;
  readonly b?: Json;
}

/** Every place where two JSON values differ, as deep as both go; keys in order. */
export function differences(
  a: Json | undefined,
  b: Json | undefined,
  path = "",
): readonly Difference[] {
  const children = steps(a, b);
  if (children !== undefined) {
    return children.flatMap((step) =>
      differences(at(a, step), at(b, step), below(path, step))
    );
  }
  if (isSame(a, b)) return [];
  return [{
    path,
    ...(a === undefined ? {} : { a }),
    ...(b === undefined ? {} : { b }),
  }];
}

/** The keys or indexes of two values of the same kind. */
function steps(
  a: Json | undefined,
  b: Json | undefined,
): readonly (string | number)[] | undefined {
  if (Array.isArray(a) && Array.isArray(b)) {
    return [...(a.length > b.length ? a : b).keys()];
  }
  if (Array.isArray(a) || Array.isArray(b)) return undefined;
  return isObject(a) && isObject(b)
    ? [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()
    : undefined;
}

function at(value: Json | undefined, step: string | number): Json | undefined {
  if (Array.isArray(value)) return value[Number(step)];
  return isObject(value) && Object.hasOwn(value, step)
    ? value[step]
    : undefined;
}

/** Of values that are not both lists or both objects. */
function isSame(a: Json | undefined, b: Json | undefined): boolean {
  return a === b;
}
