import type { Diagnostic } from "../diagnostic.ts";
import type { Place } from "./place.ts";
import { finding, members, placeAt, textAt } from "./place.ts";

/** Handler modules lie in the entry's folder and are there. */
export function checkHandler(
  root: Place,
  fileExists: ((relative: string) => boolean) | undefined,
): readonly Diagnostic[] {
  const handler = placeAt(root, "handler");
  const modules = handler?.node.kind === "object"
    ? members(handler)
    : [handler].filter((each) => each !== undefined);
  return modules.flatMap((place) => {
    const path = textAt(place);
    if (path === undefined) return [];
    const found = leavesFolder(path)
      ? "it does not lie in the entry's folder"
      : fileExists?.(path) === false
      ? "there is no such file"
      : undefined;
    if (found === undefined) return [];
    return [finding("ERR_ENTRY_HANDLER", place, {
      message: `Cannot load handler "${path}": ${found}`,
      expected: "a module relative to registry.yaml, such as handler.ts",
    })];
  });
}

function leavesFolder(path: string): boolean {
  return /^([/\\]|[A-Za-z][A-Za-z0-9+.-]*:)/.test(path) ||
    path.split(/[/\\]/).includes("..");
}
