import type { Permissions, Surroundings, World } from "./world.ts";

/** One command: the one place that feeds parser, types, help, completions and docs. */
export interface Command<F extends Flags = Flags> {
  readonly path: readonly string[];
  /** One line for lists of commands. */
  readonly brief: string;
  /** More, for its own help. */
  readonly about?: string;
  readonly flags: F;
  readonly operands?: Operands;
  /** Complete lines, without `deno run … main.ts`. */
  readonly examples: readonly string[];
  /** What it touches with these arguments. Paths may be relative to the working folder. */
  readonly permissions: (asked: Asked<FlagValues<F>>) => Permissions;
  /** What it touches besides, which only something that it reads can tell. */
  readonly further?: readonly Further<CommandInput<FlagValues<F>>>[];
  /** What it makes use of when it is granted, and does without otherwise. */
  readonly optional?: Permissions;
  /** The like of it that depends on where it runs. */
  readonly optionalThere?: (world: Surroundings) => Permissions;
  /** The documents among its arguments, around which it may look. Paths may be relative to the working folder. */
  readonly documents?: (asked: Asked<FlagValues<F>>) => readonly string[];
  /** What to say about them in help. */
  readonly touches: string;
  /** Exit codes besides 0 and 2. */
  readonly exits: readonly number[];
  readonly load: () => Promise<{ readonly run: CommandBody<FlagValues<F>> }>;
}

/** Permissions that depend on what a command reads. */
export interface Further<I> {
  /** Whether most lines take nothing of it, so that who grants too little is not told that it may come. */
  readonly seldom?: true;
  /** What it is about of each kind, for help and for those who cannot be told yet. */
  readonly kinds: Readonly<
    Partial<Record<keyof Permissions, readonly string[]>>
  >;
  /** What finding out takes; a part of what the command declares. */
  readonly needs: (input: I) => Permissions;
  /** Answers undefined when it cannot be known, for then the command itself says why. */
  readonly find: (input: I) => Promise<Permissions | undefined>;
}

/** Does the work; answers the exit code. Throws `Failure` for what ends it. */
export type CommandBody<V> = (input: CommandInput<V>) => Promise<number>;

export interface CommandInput<V> {
  readonly flags: V;
  readonly operands: readonly string[];
  readonly world: World;
}

/** The part of its input that a command declares its permissions from; help makes one up. */
export interface Asked<V> {
  readonly flags: V;
  readonly operands: readonly string[];
  readonly world: Surroundings;
}

export interface Operands {
  readonly name: string;
  readonly brief: string;
  /** All that they may be. */
  readonly values?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

export type Flags = Readonly<Record<string, Flag>>;

export type Flag = TextFlag | ListFlag | SwitchFlag | ChoiceFlag;

interface FlagBase {
  readonly brief: string;
  readonly placeholder?: string;
  /** What completes it; default by its placeholder, see cli/completion/. */
  readonly completes?: "instance";
}

export interface TextFlag extends FlagBase {
  readonly kind: "text";
  readonly required?: true;
  /** One letter that stands for it, as `o` for `-o`. */
  readonly short?: string;
}

/** May be given many times. */
export interface ListFlag extends FlagBase {
  readonly kind: "list";
}

export interface SwitchFlag extends FlagBase {
  readonly kind: "switch";
}

export interface ChoiceFlag<T extends string = string> extends FlagBase {
  readonly kind: "choice";
  readonly values: readonly T[];
  /** Accepted, but not shown. */
  readonly older?: readonly T[];
}

export type FlagValues<F extends Flags> = {
  readonly [K in keyof F]: FlagValue<F[K]>;
};

type FlagValue<F extends Flag> = F extends { kind: "text"; required: true }
  ? string
  : F extends { kind: "text" } ? string | undefined
  : F extends { kind: "list" } ? readonly string[]
  : F extends { kind: "switch" } ? boolean
  : F extends ChoiceFlag<infer T> ? T | undefined
  : never;

/** Declares a command, inferring the types of its flags. */
export function command<const F extends Flags>(spec: Command<F>): Command {
  // The body's own type is checked here, against the flags; the menu then holds all alike.
  return spec as unknown as Command;
}
