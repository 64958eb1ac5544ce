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
}

/** The section of the settings, in `package.json`, too. */
export const SECTION = "theoryctl";

/** Settings of which the server learns only when it starts: with another value it is started again. */
export const AT_START = [
  "deno",
  "toolkit",
  "folders",
  "registry",
  "allowRuns",
].map((name) => `${SECTION}.${name}`);

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
  return {
    deno: text("deno") || "deno",
    toolkit: text("toolkit"),
    folders: texts("folders"),
    registry: texts("registry"),
    allowRuns: get("allowRuns") === true,
  };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
