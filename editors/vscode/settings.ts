/** What a person sets in VS Code, in the section `theoryctl`, as far as the extension itself uses it. */
export interface Settings {
  /** The program that runs the server. */
  readonly deno: string;
  /** Folder of the toolkit; "" for the one that comes with the extension. */
  readonly toolkit: string;
  /** More folders that the server may read. */
  readonly folders: readonly string[];
  /** Registry roots, which the server has to read. */
  readonly registry: readonly string[];
  /** Whether the server may start Deno, and so run documents in mock mode. */
  readonly allowRuns: boolean;
  /** What of the conversation is written down. */
  readonly trace: "off" | "messages" | "verbose";
}

/** The section of the settings, in `package.json`, too. */
export const SECTION = "theoryctl";

/** Settings that say what is started, and what it may do. */
export const GRANTS = [
  "deno",
  "toolkit",
  "folders",
  "registry",
  "allowRuns",
].map((name) => `${SECTION}.${name}`);

/** Settings that count when the server starts: with another value it is started again. */
export const AT_START = [...GRANTS, `${SECTION}.trace.server`];

/** Takes what is of the right type; the rest is as if it were not set. */
export function settingsFrom(get: (name: string) => unknown): Settings {
  const text = (name: string) => {
    const value = get(name);
    return typeof value === "string" ? value.trim() : "";
  };
  const texts = (name: string) => {
    const value = get(name);
    return Array.isArray(value) ? value.filter(isText) : [];
  };
  const trace = get("trace.server");
  return {
    deno: text("deno") || "deno",
    toolkit: text("toolkit"),
    folders: texts("folders"),
    registry: texts("registry"),
    allowRuns: get("allowRuns") === true,
    trace: trace === "messages" || trace === "verbose" ? trace : "off",
  };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
