import { attachmentPath, UNKNOWN_CID } from "../../../schemas/mod.ts";
import type { FlatSchema } from "../../../schemas/checker.ts";
import { type Attachment, attachmentsOf } from "../../attachments.ts";
import type { Ask } from "./proposal.ts";

/** Whether a reading is that of an attached file, which documents write as `{"$attach": "name"}`. */
export function isAttached({ required = [] }: FlatSchema): boolean {
  return required.includes("$artifact");
}

/** Whether `{"$attach": "name"}` may stand at a place with these readings. */
export function acceptsAttachment(
  { view, cursor, guide }: Ask,
  readings: readonly FlatSchema[],
): boolean {
  if (view.kind !== "inputs" || cursor.path[0] !== "params") return false;
  if (readings.some(isAttached)) return true;
  const free = readings.filter(({ properties }) => properties === undefined);
  return cursor.path.length > 1 &&
    guide.value(cursor.path).guide.accepts(free, EXAMPLE);
}

const EXAMPLE = {
  $artifact: attachmentPath(UNKNOWN_CID, "file"),
  cid: UNKNOWN_CID,
  mime: "application/octet-stream",
};

/** The attachments that the document declares, as far as it can be read, or the settings. */
export function declaredAt({ view, cursor }: Ask): readonly Attachment[] {
  if (view.kind !== "inputs") return [];
  const { dir, association } = view;
  return [...attachmentsOf({ tree: cursor.tree, dir, association }).values()];
}
