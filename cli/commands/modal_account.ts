import { Failure, redactor } from "../../schemas/mod.ts";
import type { CommandInput } from "../command.ts";
import { type Found, modalAccount } from "../modal/account.ts";
import { readModalConfig } from "../modal/config_file.ts";
import { printable } from "../printable.ts";
import { printJson } from "../print_json.ts";
import { modalConfigFile } from "../touches.ts";

interface Flags {
  readonly env: string | undefined;
  readonly json: boolean;
}

/** Says which account of Modal would be used and where each part of it came from; of tokens, only that. */
export async function run(
  { flags, world }: CommandInput<Flags>,
): Promise<number> {
  if (flags.env === "") {
    throw new Failure(
      "ERR_USAGE",
      'Cannot use --env "": expected the name of an environment',
    );
  }
  const file = modalConfigFile(world);
  const config = file === undefined
    ? undefined
    : await readModalConfig(file, world);
  const sources = { env: world.env, file, config, environment: flags.env };
  const { tokenId, tokenSecret, environment, profile, notes } = modalAccount(
    sources,
  );
  // A name may hold a token by mistake.
  const redact = redactor([tokenId.value, tokenSecret.value]);
  const named = (found: Found | undefined) =>
    found === undefined
      ? null
      : { name: redact(found.value), from: redact(found.from) };
  const report = {
    status: "success",
    token_id: { from: redact(tokenId.from) },
    token_secret: { from: redact(tokenSecret.from) },
    environment: named(environment),
    profile: named(profile),
    notes: notes.map(redact),
  };
  if (flags.json) printJson(world, report);
  else {
    world.stdout.write(table(report));
    for (const note of report.notes) {
      world.stderr.write(`Note: ${printable(note)}\n`);
    }
  }
  return 0;
}

interface Named {
  readonly name: string;
  readonly from: string;
}

interface Report {
  readonly token_id: { readonly from: string };
  readonly token_secret: { readonly from: string };
  readonly environment: Named | null;
  readonly profile: Named | null;
}

function table(
  { token_id, token_secret, environment, profile }: Report,
): string {
  const rows = [
    ["token id", `set, from ${token_id.from}`],
    ["token secret", `set, from ${token_secret.from}`],
    ["environment", shown(environment, "the default of the workspace")],
    ["profile", shown(profile, "none")],
  ] as const;
  return rows.map(([title, text]) => `${title.padEnd(14)}${printable(text)}\n`)
    .join("");
}

function shown(named: Named | null, otherwise: string): string {
  return named === null ? otherwise : `${named.name}, from ${named.from}`;
}
