import { median } from "../measure.ts";
import { documentOf, type Language } from "./document.ts";
import type { Server } from "./servers.ts";
import { type Found, type Schema, session, type Task } from "./session.ts";

/** One size of document in one language. */
export interface Case {
  readonly language: Language;
  readonly size: number;
}

/** What a server was found to do with a case: see {@linkcode bestOf}; nothing where it takes too long to wait for. */
export interface Row extends Case {
  readonly server: Server;
  readonly found: Found | undefined;
}

/** How often a case is measured: what takes seconds, less often. */
export function roundsOf({ size }: Case, rounds: number): number {
  if (size > 1e6) return Math.min(rounds, 2);
  return size > 1e5 ? Math.min(rounds, 5) : rounds;
}

/**
 * Measures all servers in turn, so that what else the machine does meets all of them alike. A first round, for caches,
 * is not counted, but of documents that take seconds.
 */
export async function measureCase(
  each: Case,
  { servers, rounds, also, ...place }: {
    readonly servers: readonly Server[];
    readonly rounds: number;
    /** Done in every round. */
    readonly also: () => Promise<void>;
    readonly cwd: string;
    readonly schema: Schema;
  },
): Promise<readonly Row[]> {
  const able = servers.filter(({ languages }) =>
    languages.includes(each.language)
  );
  const found = new Map<Server, Found[]>(able.map((server) => [server, []]));
  const silent = new Set<Server>();
  const count = roundsOf(each, rounds);
  for (let round = each.size > 1e6 ? 1 : 0; round <= count; round++) {
    await also();
    for (const [server, all] of found) {
      if (silent.has(server)) continue;
      const once = await session(taskOf(each, server, place))
        .catch((error) => unlessSilent(error, server));
      if (once === undefined) silent.add(server);
      else if (round > 0) all.push(once);
    }
  }
  return [...found].map(([server, all]) => ({
    ...each,
    server,
    found: silent.has(server) ? undefined : bestOf(all),
  }));
}

/** Others may be waited for in vain, ours not. */
function unlessSilent(error: unknown, { ours }: Server): undefined {
  const late = error instanceof DOMException && error.name === "TimeoutError";
  if (!late || ours) throw error;
}

/** What a server is given to do. */
export function taskOf(
  { language, size }: Case,
  server: Server,
  { cwd, schema }: Pick<Task, "cwd" | "schema">,
): Task {
  const { ours } = server;
  const head = server.head?.(schema.file) ?? "";
  const document = documentOf(language, { size, ours, head });
  return { server, language, document, cwd, schema };
}

/** The shortest times, which other work on the machine has added the least to; the middle of what is no time. */
export function bestOf(all: readonly Found[]): Found {
  const times = (name: keyof Found) => all.map((each) => each[name]);
  return {
    first: Math.min(...times("first")),
    edit: Math.min(...times("edit")),
    burst: Math.min(...times("burst")),
    memory: median(times("memory")),
    publishes: median(times("publishes")),
  };
}
