/** The language server as a program: the second door of cli, which loads nothing of the command line before it is needed. */
export { realWorld } from "../real_world.ts";
export { serveAside } from "./serve_aside.ts";
export { serveEditor } from "./serve_editor.ts";
