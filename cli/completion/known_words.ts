import { CATALOGUE, resolve } from "../../schemas/mod.ts";
import { stateDirOf } from "../touches.ts";
import { STATE } from "../flags.ts";
import type { World } from "../world.ts";
import type { WordKind } from "./word_kind.ts";

/** Words that only the state of things can tell. */
export interface Known {
  readonly complete: (kind: WordKind) => Promise<readonly string[]>;
  /** What a word that was answered means. */
  readonly meaning: (word: string) => string | undefined;
  /** What the shell is asked for besides. */
  readonly directives: () => readonly string[];
}

/** Knows refs, instances and codes, as the flags before the word to complete say where they are. */
export function knownWords(
  before: readonly string[],
  world: World,
  partial: string,
): Known {
  const meanings = new Map<string, string>();
  const directives: string[] = [];
  const ask = (kind: "file" | "folder", path: string) => {
    directives.push(`:${kind}\t${path}`);
    return [];
  };
  const complete = async (kind: WordKind): Promise<readonly string[]> => {
    if (kind === "file" || kind === "folder") return ask(kind, partial);
    if (kind === "stdin") return ["-"];
    if (kind === "named-file") {
      const at = partial.indexOf("=");
      return at < 0 ? [] : ask("file", partial.slice(at + 1));
    }
    for (const [word, meaning] of await SOURCES[kind](before, world)) {
      meanings.set(word, meaning);
    }
    return [...meanings.keys()];
  };
  return {
    complete,
    meaning: (word) => meanings.get(word),
    directives: () => directives,
  };
}

type Source = (
  before: readonly string[],
  world: World,
) => Promise<readonly (readonly [word: string, meaning: string])[]>;

const SOURCES: Readonly<
  Record<"ref" | "instance" | "code" | "command", Source>
> = {
  ref: async (before, world) => {
    const { registryOf } = await import("../registry_of.ts");
    const registry = valuesOf("--registry", before);
    const entries = registryOf({ registry }, world).list();
    return entries.map(({ entry }) => [entry.ref, entry.title ?? ""] as const);
  },
  instance: async (before, world) => {
    const { listRecords } = await import("../../adapters/mod.ts");
    const dir = resolve(
      world.cwd,
      stateDirOf({ stateDir: stateDir(before, world) }, world),
    );
    const records = await listRecords(dir);
    return records.map(({ ref, url }) => [ref, url] as const);
  },
  code: () =>
    Promise.resolve(
      Object.entries(CATALOGUE).map(([code, { meaning }]) =>
        [code, meaning] as const
      ),
    ),
  command: async (before) => {
    const { MENU } = await import("../menu.ts");
    const words = before.slice(1).filter((word) => !word.startsWith("-"));
    const below = MENU.filter(({ path }) =>
      path.length > words.length && words.every((word, i) => path[i] === word)
    );
    return below.map(({ path, brief }) =>
      [
        path[words.length] ?? "",
        path.length === words.length + 1 ? brief : "",
      ] as const
    );
  },
};

/** As a command would have it: the line wins over the environment, and that over settings. */
function stateDir(
  before: readonly string[],
  { env, settings }: World,
): string | undefined {
  const given = valuesOf("--state-dir", before).at(-1);
  if (given !== undefined || env("THEORY_STATE_DIR")) return given;
  const set = settings?.defaultOf("stateDir", STATE.stateDir);
  return typeof set === "string" ? set : undefined;
}

/** The values of a flag on a line, in both ways to write them. */
function valuesOf(flag: string, words: readonly string[]): readonly string[] {
  return words.flatMap((word, i) => {
    if (word.startsWith(`${flag}=`)) return [word.slice(flag.length + 1)];
    return word === flag ? words.slice(i + 1, i + 2) : [];
  });
}
