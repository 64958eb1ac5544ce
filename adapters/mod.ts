/** Roads: where runs happen, where bytes live. Imports schemas only. */
export * from "./outputs/envelope.ts";
export type * from "./ports.ts";
export type { FileStore } from "./store/file_store.ts";
export { fileStore } from "./store/file_store.ts";
export { memoryStore } from "./store/memory_store.ts";
export type { CollectOptions, OutputLimits } from "./outputs/collect.ts";
export { collectOutputs, OUTPUT_LIMITS } from "./outputs/collect.ts";
