import { type Settings, settingsOf } from "../../registry/around.ts";
import { Failure, hasErrors, resolve } from "../../schemas/mod.ts";
import type { Flag } from "../command.ts";
import { flagName } from "../flag_name.ts";
import { flagShapes } from "./flag_shapes.ts";

/** The settings that a command line goes by. */
export interface CommandSettings {
  readonly file: string;
  /** Of the document, from which they can be read again elsewhere. */
  readonly text: string;
  /** Registry roots, absolute. */
  readonly roots: readonly string[];
  /** What a flag is when neither the line nor the environment says it; undefined when settings do not say it either. */
  readonly defaultOf: (
    name: string,
    flag: Flag,
  ) => string | boolean | readonly string[] | undefined;
  /** What is said of an inputs document, by its path as it was given. */
  readonly rule: (path: string) => ReturnType<Settings["rule"]>;
  /** Why they cannot be used. */
  readonly broken?: Failure;
  readonly findings: Pick<Settings, "source" | "diagnostics">;
}

/** Reads settings for command lines in a working folder. */
export function openSettings(
  file: string,
  text: string,
  cwd: string,
): CommandSettings {
  const settings = settingsOf(file, text, { flags: flagShapes() });
  const { config, source, diagnostics } = settings;
  const { registry = [], ...defaults } = config.defaults ?? {};
  const dir = file.slice(0, file.lastIndexOf("/"));
  const roots = [registry].flat().map((root) => resolve(dir, `${root}`));
  return {
    file,
    text,
    roots: [...settings.roots, ...roots],
    defaultOf: (name, flag) =>
      asFlag(defaults[flagName(name).slice(2)], flag, dir),
    rule: (path) => settings.rule(resolve(cwd, path)),
    ...(hasErrors(diagnostics) ? { broken: brokenBy(file) } : {}),
    findings: { source, diagnostics },
  };
}

function brokenBy(file: string): Failure {
  return new Failure("ERR_CONFIG", `Cannot use "${file}": it has errors`, {
    hint: `check ${file} shows them`,
  });
}

/** A default as the flag would have been given; undefined where it does not fit this flag, but one of the same name. */
function asFlag(value: unknown, flag: Flag, dir: string) {
  if (value === undefined) return undefined;
  if (flag.kind === "switch") return value === true ? true : undefined;
  const texts = [value].flat().map((each) => withPath(`${each}`, flag, dir));
  if (flag.kind === "list") return texts;
  const [text] = texts;
  if (flag.kind === "text" || text === undefined) return text;
  return flag.values.includes(text) ? text : undefined;
}

/** Paths in settings are relative to them. */
function withPath(text: string, { placeholder }: Flag, dir: string): string {
  if (placeholder === "DIR" || placeholder === "FILE") {
    return resolve(dir, text);
  }
  const at = text.indexOf("=");
  return placeholder === "NAME=PATH" && at > 0
    ? `${text.slice(0, at + 1)}${resolve(dir, text.slice(at + 1))}`
    : text;
}
