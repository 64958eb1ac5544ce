/** The language server: the checker in editors. */
export type { Association, AssociationSource } from "./association.ts";
export { NO_ASSOCIATION } from "./association.ts";
export type * from "./host.ts";
export type { Status } from "./features/status.ts";
export type * from "./view.ts";
export type { Opened, ViewParts } from "./view_of.ts";
export { viewOf } from "./view_of.ts";
export * from "./server/mod.ts";
