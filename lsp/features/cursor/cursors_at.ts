import type { View } from "../../view.ts";
import type { Cursor } from "./cursor.ts";
import { jsonCursors } from "./json_cursor.ts";
import { yamlCursors } from "./yaml_cursor.ts";

/** The ways to understand a place; none inside of comments and where nothing can be typed. */
export function cursorsAt(
  { source }: Pick<View, "source">,
  offset: number,
): readonly Cursor[] {
  return source.language === "yaml"
    ? yamlCursors(source, offset)
    : jsonCursors(source, offset);
}
