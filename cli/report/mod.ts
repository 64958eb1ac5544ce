/** Reports on documents, in the formats that people and machines read. Pure functions of what was found. */
export type { Findings } from "./findings.ts";
export { renderGithub } from "./github.ts";
export { renderJson } from "./json.ts";
export { renderSarif } from "./sarif.ts";
export { renderText } from "./text.ts";
