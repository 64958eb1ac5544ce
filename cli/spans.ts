import { Failure } from "../schemas/mod.ts";

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

const AGES: Readonly<Record<string, number>> = { ...UNITS, d: 24 * 3_600_000 };

/** Milliseconds of a span such as `30s`, `500ms`, `2m`; a bare number is seconds. */
export function parseSpan(text: string, flag: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text);
  const milliseconds = Number(match?.[1]) * (UNITS[match?.[2] ?? "s"] ?? 1000);
  if (match !== null && milliseconds > 0 && milliseconds <= 24 * 3_600_000) {
    return milliseconds;
  }
  throw new Failure(
    "ERR_USAGE",
    `Cannot parse ${flag} "${text}": expected a time such as 30s or 500ms`,
  );
}

/** Milliseconds of an age such as `1h`, `30m`, `7d`, and `0`; a bare number is seconds. */
export function parseAge(text: string, flag: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(text);
  const milliseconds = Number(match?.[1]) * (AGES[match?.[2] ?? "s"] ?? 1000);
  if (match !== null && Number.isSafeInteger(Math.round(milliseconds))) {
    return milliseconds;
  }
  throw new Failure(
    "ERR_USAGE",
    `Cannot parse ${flag} "${text}": expected a time such as 30m, 1h or 7d`,
  );
}

/** A time, or the time an age ago, as RFC 3339 in UTC. */
export function parseTime(text: string, flag: string, nowMs: number): string {
  if (/^[\d.]+[a-z]*$/.test(text)) {
    return new Date(Math.max(0, nowMs - parseAge(text, flag))).toISOString();
  }
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  throw new Failure(
    "ERR_USAGE",
    `Cannot parse ${flag} "${text}": expected a time such as 10m or 2026-01-31T12:00:00Z`,
  );
}

/** A whole number in a range. */
export function parseWhole(
  text: string,
  flag: string,
  range: { min: number; max: number },
): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= range.min && value <= range.max) {
    return value;
  }
  throw new Failure(
    "ERR_USAGE",
    `Cannot parse ${flag} "${text}": expected a whole number from ${range.min} to ${range.max}`,
  );
}
