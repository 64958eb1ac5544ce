/** The command line. */
export { invokedAs } from "./program.ts";
export { realWorld } from "./real_world.ts";
export { runCli } from "./run_cli.ts";
export type { World } from "./world.ts";
