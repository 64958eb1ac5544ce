import type { Command, Flag, Flags, FlagValues } from "./command.ts";
import { flagName } from "./flag_name.ts";
import { KINDS, optionalOf, union } from "./permission_sets.ts";
import { heedsSettings } from "./settings/heeds_settings.ts";
import type { Permissions, Surroundings } from "./world.ts";

/**
 * What a command declares, as lines of help: a kind of permission with what it is for. What depends on
 * arguments is shown by their names: the declaration is asked with these for values.
 */
export function permissionLines(
  command: Command,
  columns: number,
): readonly string[] {
  const sets = [NOTHING, ENVIRONMENT, { ...ENVIRONMENT, flags: true }]
    .map((given) => declared(command, given));
  const lines = KINDS.flatMap((kind) => {
    const values = sets.flatMap((set) => set[kind] ?? []).map(shown);
    const further = [namedBySettings(command), ...furtherKinds(command)]
      .flatMap((kinds) => kinds[kind] ?? []);
    const all = [...new Set(values), ...further];
    return all.length === 0 ? [] : wrapped(kind, all, columns);
  });
  const settings = heedsSettings(command.flags) ? { read: [SETTINGS] } : {};
  const without = union(settings, optionalOf(command, SOMEWHERE));
  const optional = KINDS.flatMap((kind) =>
    (without[kind] ?? []).map((value) => `${kind} ${value}`)
  );
  return optional.length === 0
    ? lines
    : [...lines, ...wrapped("if granted", optional, columns)];
}

/** The settings of the working folder, or of one above it. */
const SETTINGS = "theory.yaml";

/** What settings name besides values of flags. */
function namedBySettings({ flags }: Command): Permissions {
  return "registry" in flags ? { read: [`what ${SETTINGS} names`] } : {};
}

function furtherKinds({ further = [] }: Command): readonly Permissions[] {
  return further.map(({ kinds }) => kinds);
}

/** What is named where a value is asked for. */
interface Given {
  readonly flags: boolean;
  readonly environment: boolean;
}

const NOTHING: Given = { flags: false, environment: false };
const ENVIRONMENT: Given = { flags: false, environment: true };

function declared(command: Command, given: Given): Permissions {
  const name = command.operands?.name;
  return command.permissions({
    flags: flagsOf(command.flags, given),
    operands: name === undefined ? [] : [standIn(name)],
    world: surroundings(given),
  });
}

function flagsOf(flags: Flags, given: Given): FlagValues<Flags> {
  return Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [
      name,
      valueOf(flag, flagName(name), given),
    ]),
  );
}

function valueOf(flag: Flag, name: string, { flags }: Given) {
  if (flag.kind === "switch") return flags;
  if (flag.kind === "list") return flags ? [standIn(name)] : [];
  const required = flag.kind === "text" && flag.required;
  return flag.kind === "text" && (flags || required)
    ? standIn(name)
    : undefined;
}

function surroundings({ environment }: Given): Surroundings {
  return {
    env: (name) => environment ? `$${name}` : undefined,
    toolkit: {
      program: "",
      version: "",
      dir: "the program's folder",
      file: "",
      deno: "deno",
    },
  };
}

/** Where the environment says nothing. */
const SOMEWHERE = surroundings(NOTHING);

/** A path whose folder tells that it is one. */
function standIn(name: string): string {
  return `folder of ${name}/${name}`;
}

function shown(value: string): string {
  return value.slice(value.lastIndexOf("/") + 1);
}

/** A list after its title, the lines that follow indented below its first item. */
function wrapped(
  title: string,
  items: readonly string[],
  columns: number,
): readonly string[] {
  const indent = " ".repeat(14);
  const lines: string[] = [];
  let line = `  ${title}`.padEnd(indent.length);
  items.forEach((item, i) => {
    const word = i < items.length - 1 ? `${item}, ` : item;
    if (line.length + word.trimEnd().length > columns) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += word;
  });
  return [...lines, line];
}
