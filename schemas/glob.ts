/**
 * Answers whether a path with `/` matches a glob: `*` and `?` stand for what is in one name, `**` for any number of
 * folders, `{a,b}` for either. Takes time that grows with the product of both lengths at most, whatever the glob.
 */
export function globMatcher(glob: string): (path: string) => boolean {
  const globs = alternatives(glob).map((each) =>
    each.replace(/^(\.\/)+/, "").split("/")
  );
  return (path) => {
    const names = path.split("/");
    return globs.some((each) => matchesNames(each, names));
  };
}

/** More of them than these are not looked at. */
const MOST_ALTERNATIVES = 64;

/** A glob with its braces written out. */
function alternatives(glob: string): readonly string[] {
  const done: string[] = [];
  const left = [glob];
  while (left.length > 0 && done.length + left.length <= MOST_ALTERNATIVES) {
    const next = left.shift() ?? "";
    const [whole, inside = ""] = /\{([^{}]*)\}/.exec(next) ?? [];
    if (whole === undefined) done.push(next);
    else {
      left.push(
        ...inside.split(",").map((each) => next.replace(whole, () => each)),
      );
    }
  }
  return done;
}

function matchesNames(
  globs: readonly string[],
  names: readonly string[],
): boolean {
  return matches(globs, names, {
    isAny: (glob) => glob === "**",
    matchesOne: matchesName,
  });
}

function matchesName(glob: string, name: string): boolean {
  return matches([...glob.replaceAll(/\*+/g, "*")], [...name], {
    isAny: (each) => each === "*",
    matchesOne: (each, character) => each === "?" || each === character,
  });
}

/** Matches item by item; after a failure the latest item that stands for any number takes one more. */
function matches(
  globs: readonly string[],
  items: readonly string[],
  { isAny, matchesOne }: {
    readonly isAny: (glob: string) => boolean;
    readonly matchesOne: (glob: string, item: string) => boolean;
  },
): boolean {
  let [at, item] = [0, 0];
  let any: { readonly at: number; readonly item: number } | undefined;
  while (item < items.length) {
    const glob = globs[at];
    if (glob !== undefined && isAny(glob)) {
      any = { at, item };
      at++;
    } else if (glob !== undefined && matchesOne(glob, items[item] ?? "")) {
      at++;
      item++;
    } else if (any !== undefined) {
      any = { at: any.at, item: any.item + 1 };
      at = any.at + 1;
      item = any.item;
    } else return false;
  }
  return globs.slice(at).every(isAny);
}
