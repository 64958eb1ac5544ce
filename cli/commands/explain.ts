import {
  CATALOGUE,
  type CatalogueEntry,
  EXIT_CODES,
  Failure,
  nearest,
} from "../../schemas/mod.ts";
import type { CommandInput } from "../command.ts";
import { printJson } from "../print_json.ts";

interface Flags {
  readonly json: boolean;
}

/** Prints one code of the catalogue, or all of them. */
export function run(
  { flags, operands, world }: CommandInput<Flags>,
): Promise<number> {
  const [word] = operands;
  const codes = word === undefined
    ? Object.keys(CATALOGUE).sort()
    : [known(word)];
  if (flags.json) {
    const rows = codes.map((code) => ({
      code,
      severity: "error",
      ...CATALOGUE[code],
    }));
    printJson(world, word === undefined ? rows : rows[0]);
  } else if (word === undefined) {
    const width = Math.max(...codes.map(({ length }) => length));
    for (const code of codes) {
      world.stdout.write(
        `${code.padEnd(width)}  ${CATALOGUE[code]?.meaning ?? ""}\n`,
      );
    }
  } else {
    for (const code of codes) world.stdout.write(page(code, CATALOGUE[code]));
  }
  return Promise.resolve(0);
}

function known(word: string): string {
  const upper = word.toUpperCase();
  const code = [upper, `ERR_${upper}`].find((each) =>
    Object.hasOwn(CATALOGUE, each)
  );
  if (code !== undefined) return code;
  const full = upper.startsWith("ERR_") ? upper : `ERR_${upper}`;
  const near = nearest(full, Object.keys(CATALOGUE));
  throw new Failure(
    "ERR_CODE_UNKNOWN",
    `Cannot explain "${word}": no such code`,
    {
      hint: near === undefined
        ? "Run explain without a code to list all"
        : `Did you mean ${near}?`,
    },
  );
}

function page(code: string, entry: CatalogueEntry | undefined): string {
  if (entry === undefined) return "";
  const exit = `${entry.exit} (${EXIT_CODES[entry.exit] ?? ""})`;
  return [
    `${code}: ${entry.meaning}`,
    "",
    `  Usual cause  ${entry.cause}`,
    `  What to do   ${entry.fix}`,
    `  Severity     ${entry.severity ?? "error"}`,
    `  Exit code    ${exit}`,
    "",
  ].join("\n");
}
