import type { JsonObject } from "../json.ts";
import { toJson } from "../tree.ts";
import type { Form } from "./form.ts";

/** The document without what only concerns the envelope, attachments still in place. */
export function payloadOf({ params, declared }: Form): JsonObject {
  return {
    schema: "v1",
    params: params === undefined ? {} : toJson(params),
    ...Object.fromEntries(
      declared.map(({ key, value }) => [key, toJson(value)]),
    ),
  };
}
