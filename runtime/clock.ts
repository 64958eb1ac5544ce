/** Where the clock of a mock run stands when it begins: 2025-01-01T00:00:00Z. */
export const MOCK_EPOCH_MS = 1_735_689_600_000;

/**
 * Replaces every clock of this Worker by one that stands still, except that it moves on by the delay of
 * each timer that fires: what a handler reads depends on what it does, never on how fast.
 */
export function fixClock(): void {
  let now = MOCK_EPOCH_MS;
  const read = () => now;
  const reach = (due: number) => void (now = Math.max(now, due));
  fixDate(read);
  fixPerformance(read);
  fixTemporal(read);
  fixDateFormat(read);
  fixTimers(read, reach);
}

type Read = () => number;

function fixDate(read: Read): void {
  const Real = Date;
  const Fixed = new Proxy(Real, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [read()] : args, newTarget),
    apply: () => new Real(read()).toString(),
  });
  Real.now = read;
  define(Real.prototype, "constructor", { value: Fixed });
  define(globalThis, "Date", { value: Fixed });
}

/** `process.hrtime` and `process.uptime` read this clock too. */
function fixPerformance(read: Read): void {
  define(Performance.prototype, "now", { value: () => read() - MOCK_EPOCH_MS });
  define(Performance.prototype, "timeOrigin", { get: () => MOCK_EPOCH_MS });
}

function fixTemporal(read: Read): void {
  const instant = () => Temporal.Instant.fromEpochMilliseconds(read());
  const zoned = (zone: Temporal.TimeZoneLike = "UTC") =>
    instant().toZonedDateTimeISO(zone);
  const now: Partial<typeof Temporal.Now> = {
    instant,
    timeZoneId: () => "UTC",
    zonedDateTimeISO: zoned,
    plainDateTimeISO: (zone) => zoned(zone).toPlainDateTime(),
    plainDateISO: (zone) => zoned(zone).toPlainDate(),
    plainTimeISO: (zone) => zoned(zone).toPlainTime(),
  };
  for (const [name, value] of Object.entries(now)) {
    define(Temporal.Now, name, { value });
  }
}

/** `format()` without a date means now. */
function fixDateFormat(read: Read): void {
  const prototype = Intl.DateTimeFormat.prototype;
  const format = Object.getOwnPropertyDescriptor(prototype, "format")?.get;
  const parts = prototype.formatToParts;
  define(prototype, "format", {
    get(this: Intl.DateTimeFormat) {
      const bound: (date: Date | number) => string = format?.call(this);
      return (date?: Date | number) => bound(date ?? read());
    },
  });
  define(prototype, "formatToParts", {
    value(this: Intl.DateTimeFormat, date?: Date | number) {
      return parts.call(this, date ?? read());
    },
  });
}

function fixTimers(read: Read, reach: (due: number) => void): void {
  for (const name of ["setTimeout", "setInterval"] as const) {
    const start: (callback: Callback, delay: number) => unknown =
      globalThis[name];
    const value = (callback: Callback, delay = 0, ...args: unknown[]) => {
      let due = read() + delay;
      return start(() => {
        reach(due);
        due += delay;
        callback(...args);
      }, delay);
    };
    define(globalThis, name, { value });
  }
}

type Callback = (...args: unknown[]) => void;

function define(
  target: object,
  name: string,
  descriptor: PropertyDescriptor,
): void {
  Object.defineProperty(target, name, { configurable: true, ...descriptor });
}
