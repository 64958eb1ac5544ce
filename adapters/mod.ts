/** Roads: where runs happen, where bytes live. Imports schemas only. */
export * from "./outputs/envelope.ts";
export type * from "./ports.ts";
