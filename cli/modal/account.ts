import { Failure, nearest } from "../../schemas/mod.ts";
import type { ModalConfig, ModalProfile } from "./config_file.ts";

/** A value and the place that it was found in. */
export interface Found {
  readonly value: string;
  /** In words: a flag, an environment name, or a key of a profile. */
  readonly from: string;
}

/** The account that Modal's own programs would use. */
export interface ModalAccount {
  readonly tokenId: Found;
  readonly tokenSecret: Found;
  /** Undefined is the default of the workspace. */
  readonly environment: Found | undefined;
  /** Undefined when no profile is used. */
  readonly profile: Found | undefined;
  /** What is right, but may surprise. */
  readonly notes: readonly string[];
}

/** Where the account is looked for. */
export interface ModalSources {
  readonly env: (name: string) => string | undefined;
  /** Where the configuration file would be. */
  readonly file: string | undefined;
  readonly config: ModalConfig | undefined;
  /** The environment that the command line names. */
  readonly environment: string | undefined;
}

type Token = "token_id" | "token_secret";

/**
 * Finds each value as Modal does: environment before profile, and of profiles the one that `MODAL_PROFILE`
 * names, the active one, or `default`. Throws `ERR_MISSING_SECRET` when there is no whole token.
 */
export function modalAccount(sources: ModalSources): ModalAccount {
  const chosen = chooseProfile(sources);
  const tokenId = tokenOf("token_id", chosen, sources);
  const tokenSecret = tokenOf("token_secret", chosen, sources);
  if (tokenId === undefined || tokenSecret === undefined) {
    const missing = [
      ...tokenId === undefined ? ["MODAL_TOKEN_ID"] : [],
      ...tokenSecret === undefined ? ["MODAL_TOKEN_SECRET"] : [],
    ];
    throw missingTokens(missing, chosen, sources);
  }
  return {
    tokenId,
    tokenSecret,
    environment: environmentOf(chosen, sources),
    profile: chosen.profile === undefined
      ? undefined
      : { value: chosen.name, from: chosen.from },
    notes: notesOf([tokenId, tokenSecret], chosen, sources),
  };
}

interface Chosen {
  readonly name: string;
  /** Why this one. */
  readonly from: string;
  /** Undefined when there is none of the name. */
  readonly profile: ModalProfile | undefined;
}

function chooseProfile({ env, file, config }: ModalSources): Chosen {
  const profiles = config?.profiles ?? new Map<string, ModalProfile>();
  const named = env("MODAL_PROFILE") || undefined;
  if (named !== undefined) {
    return { name: named, from: "MODAL_PROFILE", profile: profiles.get(named) };
  }
  const active = [...profiles].find(([, { active }]) => active);
  if (active !== undefined) {
    return { name: active[0], from: `active in ${file}`, profile: active[1] };
  }
  const profile = profiles.get("default");
  return { name: "default", from: `the default in ${file}`, profile };
}

function tokenOf(
  key: Token,
  chosen: Chosen,
  { env }: ModalSources,
): Found | undefined {
  const name = `MODAL_${key.toUpperCase()}`;
  const value = env(name) || undefined;
  return value === undefined ? inProfile(key, chosen) : { value, from: name };
}

function inProfile(
  key: Token | "environment",
  { name, profile }: Chosen,
): Found | undefined {
  const value = profile?.[key];
  return value === undefined
    ? undefined
    : { value, from: `${key} of profile "${name}"` };
}

function environmentOf(
  chosen: Chosen,
  { env, environment }: ModalSources,
): Found | undefined {
  if (environment !== undefined) return { value: environment, from: "--env" };
  const value = env("MODAL_ENVIRONMENT") || undefined;
  return value === undefined
    ? inProfile("environment", chosen)
    : { value, from: "MODAL_ENVIRONMENT" };
}

function notesOf(
  tokens: readonly Found[],
  { name, from, profile }: Chosen,
  { env, config }: ModalSources,
): readonly string[] {
  const empty = ["MODAL_TOKEN_ID", "MODAL_TOKEN_SECRET"]
    .filter((name) => env(name) === "");
  const inEnvironment = tokens.filter(({ from }) => from.startsWith("MODAL_"));
  const unmarked = profile !== undefined && !profile.active &&
    from !== "MODAL_PROFILE" && inEnvironment.length < 2;
  return [
    ...empty.map((name) =>
      `${name} is set to nothing, which Modal's own programs take for a value: unset it`
    ),
    ...inEnvironment.length === 1
      ? ["Token id and token secret come from different places"]
      : [],
    ...unmarked
      ? [
        `Profile "${name}" is not marked active = true: Modal's JavaScript library does not use it then`,
      ]
      : [],
    ...profile === undefined && from === "MODAL_PROFILE"
      ? [noProfile(name, config)]
      : [],
  ];
}

function noProfile(name: string, config: ModalConfig | undefined): string {
  const near = nearest(name, [...config?.profiles.keys() ?? []]);
  const question = near === undefined ? "" : `, did you mean "${near}"`;
  return `MODAL_PROFILE names "${name}", of which there is no profile${question}`;
}

function missingTokens(
  missing: readonly string[],
  chosen: Chosen,
  sources: ModalSources,
): Failure {
  const names = missing.map((name) => `"${name}"`).join(", ");
  const verb = missing.length === 1 ? "is" : "are";
  return new Failure(
    "ERR_MISSING_SECRET",
    `Cannot use Modal: ${names} ${verb} not set, and ${
      fileState(missing, chosen, sources)
    }`,
    {
      hint:
        `Export MODAL_TOKEN_ID and MODAL_TOKEN_SECRET, or let Modal's own program write the file: modal setup`,
      details: { missing: [...missing] },
    },
  );
}

/** Why the file does not help. */
function fileState(
  missing: readonly string[],
  { name, from, profile }: Chosen,
  { file, config }: ModalSources,
): string {
  if (file === undefined) {
    return "neither MODAL_CONFIG_PATH nor HOME says where the file is";
  }
  if (config === undefined) return `there is no file "${file}"`;
  if (profile === undefined) {
    return from === "MODAL_PROFILE"
      ? noProfile(name, config)
      : `no profile of "${file}" is active`;
  }
  const keys = missing.map((name) => name.slice("MODAL_".length).toLowerCase());
  return `profile "${name}" of "${file}" has no ${keys.join(" and no ")}`;
}
