/** The pantry: registry entries, where they are found, and how new ones are made. */
export * from "./describe.ts";
export * from "./loaded_entry.ts";
export * from "./open.ts";
export * from "./refusals.ts";
export type { Registry } from "./registry.ts";
export * from "./roots.ts";
export * from "./scaffold.ts";
export * from "./shipped.ts";
