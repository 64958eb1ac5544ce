/** A processor ref, `ns/name@version`. */
export interface Ref {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
}

/** What a ref looks like, for messages and JSON Schemas. */
export const REF_PATTERN = "^[a-z0-9][a-z0-9_-]*/[a-z0-9][a-z0-9_-]*@[0-9]+$";

const REF = new RegExp(REF_PATTERN);

export function parseRef(text: string): Ref | undefined {
  if (!REF.test(text) || text.length > 200) return undefined;
  const [path = "", version = ""] = text.split("@");
  const [namespace = "", name = ""] = path.split("/");
  return { namespace, name, version };
}

/** `llm/litellm@1` → `llm_litellm`: the folder of its outputs in the default write prefix. */
export function outputSlug(ref: Ref): string {
  return `${ref.namespace}_${ref.name}`;
}

/** `llm/litellm@1` → `llm-litellm-v1`: the name of its instance and of its Modal app. */
export function instanceSlug(ref: Ref): string {
  return `${ref.namespace}-${ref.name}-v${ref.version}`.replaceAll(
    /[^a-z0-9-]+/g,
    "-",
  );
}
