import { AHEAD } from "./compact.ts";

/**
 * Puts functions of a bundled file into marked parentheses, which has V8 compile them when it compiles the file, and Deno
 * keep them with it for the next start: otherwise each is compiled in every process again, when it is first called.
 * Only those that short commands use: what is kept is also read each time. Declarations become variables, and stand
 * first, since other code may be run before they are reached.
 */
export function compileAhead(
  bundled: string,
  isUsed: (name: string) => boolean,
): string {
  const first: string[] = [];
  const rest = bundled
    .replaceAll(DECLARATION, (text, name) => {
      if (!isUsed(name)) return text;
      // Without its own name, which it gets from the variable: two alike would make one of them "name2".
      const unnamed = text.replace(` ${name}(`, " (");
      first.push(`var ${name} = ${AHEAD}(${unnamed});\n`);
      return "";
    })
    .replaceAll(
      MODULE,
      (text, name, body) =>
        isUsed(name) ? `  "${name}": ${AHEAD}(function() {${body})` : text,
    );
  const at = IMPORTS.exec(rest)?.[0].length ?? 0;
  return rest.slice(0, at) + first.join("") + rest.slice(at);
}

/** As the bundler writes them: at the beginning of a line, to a brace at the beginning of a line. */
const DECLARATION = /^(?:async )?function\*? ([\w$]+)\((?:.*\}$|[^]*?\n\}$)/gm;

/** A module that runs when it is asked for. */
const MODULE = /^(?<=__esm\(\{\n) {2}"([^"\n]+)"\(\) \{([^]*?\n {2}\})$/gm;

/** The imports at the beginning of a file; others may stand further down. */
const IMPORTS = /^(?:import (?:[^";]* from )?"[^"]*";\n)*/;
