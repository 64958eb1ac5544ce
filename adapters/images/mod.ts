/** Images of processors on an engine: what commands about them load, and runs do not. */
export type { BuildEvent } from "./build_events.ts";
export { build } from "./build.ts";
export { helperPrograms } from "./auth_file.ts";
export { authFiles } from "./auth_places.ts";
export { readConfig, userCredentials } from "./credentials.ts";
export { findPin } from "./find_pin.ts";
export { fitsPlatform } from "./fits_platform.ts";
export type { ImageFacts } from "./image_facts.ts";
export { imageFacts } from "./image_facts.ts";
export type { ProcessorImage } from "./list_images.ts";
export { CREATED_LABEL, listImages } from "./list_images.ts";
export { isLocal } from "./local_build.ts";
export { hostPlatform, type Platform } from "./platform.ts";
export { push } from "./push.ts";
export type { Reference } from "./reference.ts";
export { parseReference, repositoryName } from "./reference.ts";
export type { OpenEngine } from "../containers/open_engine.ts";
export { openEngine } from "../containers/open_engine.ts";
