/** Reads and checks documents: the second door of schemas, beside `mod.ts`. */
export * from "./check.ts";
export type { Declaration } from "./check/declarations.ts";
export { declarationsOf } from "./check/declarations.ts";
export * from "./check_tree.ts";
export * from "./declare_attachment.ts";
export * from "./decode.ts";
export * from "./entry_check.ts";
export * from "./example_value.ts";
export * from "./example.ts";
export * from "./insert_key.ts";
export * from "./json_schema.ts";
export * from "./parse.ts";
export * from "./place_name.ts";
export { normalizeEntry } from "./registry_entry/normalize.ts";
export * from "./secret_shapes.ts";
export * from "./write_text.ts";
