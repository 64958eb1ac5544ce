/** How a run behaves. `smoke` is `mock` without any process. */
export type Mode = "mock" | "real" | "smoke";

export const MODES: readonly Mode[] = ["mock", "real", "smoke"];

/** Older spellings and what they mean today. */
export const OLD_MODES: Readonly<Record<string, Mode>> = { default: "real" };

/** The mode that a text names, in any case, old spellings included. */
export function parseMode(text: string): Mode | undefined {
  const lower = text.toLowerCase();
  return MODES.find((mode) => mode === lower) ?? OLD_MODES[lower];
}

/** Mock and smoke runs touch nothing outside and answer the same everywhere. */
export function isHermetic(mode: Mode): boolean {
  return mode !== "real";
}
