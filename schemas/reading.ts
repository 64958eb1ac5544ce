/**
 * Reads and checks one inputs document: the third door of schemas, for a run, which wants to start fast. It
 * loads neither the reader of a language that is not needed nor what looks at registry entries or makes examples.
 */
export { checkTree, isOk } from "./check_tree.ts";
export { filesNamedIn } from "./check/declarations.ts";
export { namesProcessor } from "./check/processor.ts";
export * from "./decode.ts";
export * from "./reader.ts";
export { hideSecrets } from "./secret_shapes.ts";
