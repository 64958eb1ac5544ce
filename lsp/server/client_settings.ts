/** What a person sets in the editor, in the section `theoryctl`. Nothing has to be set. */
export interface ClientSettings {
  /** Registry roots, searched before all others; relative to the first open folder. */
  readonly registry: readonly string[];
  /** Whether syntax errors are told; not, where another server of the language does. */
  readonly syntax: boolean;
}

export const DEFAULT_SETTINGS: ClientSettings = { registry: [], syntax: true };

/** The section of the settings, for clients that are asked and for those that tell. */
export const SECTION = "theoryctl";

/** Takes what is of the right type; the rest is as if it were not set. */
export function clientSettings(section: unknown): ClientSettings {
  if (typeof section !== "object" || section === null) return DEFAULT_SETTINGS;
  const { registry, syntax }: Partial<Record<keyof ClientSettings, unknown>> =
    section;
  return {
    registry: Array.isArray(registry) ? registry.filter(isText) : [],
    syntax: syntax !== false,
  };
}

/** The section in what a client tells of its own accord, with or without its name. */
export function sectionOf(settings: unknown): unknown {
  if (typeof settings !== "object" || settings === null) return undefined;
  const { [SECTION]: section = settings }: Partial<Record<string, unknown>> =
    settings as Record<string, unknown>;
  return section;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
