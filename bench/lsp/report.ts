import {
  type Bar,
  bytesText,
  type Part,
  type Plan,
  timeText,
} from "../plan.ts";
import type { Case, Row } from "./rounds.ts";
import type { Found } from "./session.ts";

const HEAD = [
  "server",
  "first ms",
  "ratio",
  "net",
  "edit ms",
  "net",
  "burst ms",
  "publishes",
  "memory",
];

/** Figures of all servers about one document as a table; `net` is without what a server always waits. */
export function partOf(
  { language, size }: Case,
  { rows, ...plan }: Pick<Plan, "bare"> & { readonly rows: readonly Row[] },
): Part {
  return {
    title: `${language}, ${sizeText(size)}`,
    head: HEAD,
    rows: rows.map((row) => line(row, plan)),
    bars: [],
  };
}

function line(
  { server: { name, debounce }, found }: Row,
  { bare }: Pick<Plan, "bare">,
): readonly string[] {
  if (found === undefined) {
    return [name, "says nothing for 30 s", ...HEAD.slice(2).map(() => "")];
  }
  const net = (ms: number) => debounce === 0 ? "" : (ms - debounce).toFixed(1);
  const [first = "", ratio = ""] = timeText(found.first, { bare });
  return [
    debounce === 0 ? name : `${name}, waits ${debounce} ms`,
    first,
    ratio,
    net(found.first),
    found.edit.toFixed(1),
    net(found.edit),
    found.burst.toFixed(0),
    `${found.publishes}`,
    bytesText(found.memory),
  ];
}

function sizeText(size: number): string {
  return size >= 1e6 ? `${size / 1e6} MB` : `${size / 1e3} kB`;
}

/** Of a server that was not silent. */
type MeasuredRow = Omit<Row, "found"> & Found;

/** Milliseconds that sessions take to end, right after documents of 10 MB. */
export interface Endings {
  /** Until `shutdown` is answered. */
  readonly shutdown: readonly number[];
  /** Until the server has ended that lost its editor. */
  readonly gone: readonly number[];
}

/** The limits that hold for ours, of a release. */
export function barsOf(
  rows: readonly Row[],
  { bare, shutdown, gone }: Pick<Plan, "bare"> & Endings,
): readonly Bar[] {
  const all = rows.flatMap(({ found, ...row }) =>
    found === undefined ? [] : { ...row, ...found }
  );
  const ours = all.filter(({ server }) => server.name.startsWith("`lsp.js`"));
  const worst = (size: number, figure: "first" | "edit" | "burst") =>
    most(ours.filter((row) => row.size === size).map((row) => row[figure]));
  const publishes = most(
    ours.filter(({ size }) => size === 1e6).map((row) => row.publishes),
  );
  const small = ours.filter(({ size }) => size <= 1e4);
  return [
    {
      name: "first finding, of a bare start",
      found: worst(1e3, "first") / bare,
      limit: 4,
      unit: "×",
    },
    {
      name: "first finding at 10 kB, of a bare start",
      found: worst(1e4, "first") / bare,
      limit: 4,
      unit: "×",
    },
    ...aheadOf(all, ours),
    { name: "edit at 10 kB", found: worst(1e4, "edit"), limit: 5, unit: "ms" },
    { name: "edit at 1 MB", found: worst(1e6, "edit"), limit: 150, unit: "ms" },
    {
      name: "50 edits at 1 MB",
      found: worst(1e6, "burst"),
      limit: 250,
      unit: "ms",
    },
    {
      name: "50 edits at 1 MB, published",
      found: publishes,
      limit: 1,
      unit: "times",
    },
    {
      name: "memory at rest, up to 10 kB",
      found: most(small.map(({ memory }) => memory)) / 1024 ** 2,
      limit: 60,
      unit: "MB",
    },
    {
      name: "first finding at 10 MB",
      found: worst(1e7, "first"),
      limit: 1200,
      unit: "ms",
    },
    {
      name: "`shutdown` during a check of 10 MB",
      found: most(shutdown),
      limit: 50,
      unit: "ms",
    },
    {
      name: "the end of a server without its editor, during such a check",
      found: most(gone),
      limit: 1500,
      unit: "ms",
    },
  ].filter(({ found }) => Number.isFinite(found));
}

/** The largest; of none nothing that could be met. */
function most(values: readonly number[]): number {
  return values.length === 0 ? NaN : Math.max(...values);
}

/** Against each peer in JavaScript, net of what it always waits: the worst of all documents. */
function aheadOf(
  all: readonly MeasuredRow[],
  ours: readonly MeasuredRow[],
): readonly Bar[] {
  const peers = all.filter(({ server }) => !server.ours && server.javascript);
  return [...Map.groupBy(peers, ({ server }) => server)].map((
    [{ name, debounce }, theirs],
  ) => ({
    name: `first finding, of that of ${name} net of its ${debounce} ms`,
    found: most(theirs.map((their) => {
      const own = ours.find(({ language, size }) =>
        language === their.language && size === their.size
      );
      return (own?.first ?? NaN) / (their.first - debounce);
    })),
    limit: 1,
    unit: "×",
  }));
}
