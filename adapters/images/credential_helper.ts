import { Failure, isObject, type Json } from "../../schemas/mod.ts";
import { printable } from "../outputs/printable.ts";
import type { AuthSource } from "./auth_file.ts";
import type { RegistryAuth } from "./image_engine.ts";

type Helper = Extract<AuthSource, { readonly kind: "helper" }>;

/** Milliseconds that a person has to unlock a keychain. */
const PATIENCE = 120_000;
/** What stands for a user name beside an identity token. */
const TOKEN_USER = "<token>";

/**
 * Asks a credential helper; undefined when it has no login for the server. Throws `ERR_IMAGE_CREDENTIALS`. Needs
 * permission to run the program. https://github.com/docker/docker-credential-helpers#development
 */
export async function askHelper(
  { program, server }: Helper,
  signal: AbortSignal,
): Promise<RegistryAuth | undefined> {
  const { success, stdout } = await answerOf({ program, server }, signal);
  if (signal.aborted) {
    throw new Failure(
      "ERR_INTERRUPTED",
      `Cannot get the login for "${server}": interrupted`,
    );
  }
  const text = new TextDecoder().decode(stdout).trim();
  if (success) return loginOf(text, { program, server });
  if (/credentials not found/i.test(text)) return undefined;
  throw refused({ program, server }, printable(text.split("\n")[0] ?? ""));
}

async function answerOf(
  { program, server }: Omit<Helper, "kind">,
  signal: AbortSignal,
): Promise<Deno.CommandOutput> {
  try {
    const child = new Deno.Command(program, {
      args: ["get"],
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
    }).spawn();
    const answer = child.output();
    await told(child.stdin, `${server}\n`);
    return await answer;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw refused({ program, server }, "no such program");
  }
}

/** Tells a program something; one that ended without listening says why itself. */
async function told(
  stdin: WritableStream<Uint8Array>,
  text: string,
): Promise<void> {
  const writer = stdin.getWriter();
  try {
    await writer.write(new TextEncoder().encode(text));
    await writer.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

function loginOf(
  text: string,
  helper: Omit<Helper, "kind">,
): RegistryAuth | undefined {
  const { Username: username, Secret: secret } = answerIn(text);
  if (typeof username !== "string" || typeof secret !== "string") {
    throw refused(helper, "it does not answer with a login");
  }
  const serveraddress = helper.server;
  if (secret === "") return undefined;
  return username === TOKEN_USER
    ? { identitytoken: secret, serveraddress }
    : { username, password: secret, serveraddress };
}

function answerIn(text: string): Readonly<Record<string, Json>> {
  try {
    const answer: Json = JSON.parse(text);
    return isObject(answer) ? answer : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function refused(
  { program, server }: Omit<Helper, "kind">,
  found: string,
): Failure {
  return new Failure(
    "ERR_IMAGE_CREDENTIALS",
    `Cannot get the login for "${server}" from ${program}: ${
      found || "it failed"
    }`,
    {
      hint:
        "Install or unlock it, or take it out of the Docker configuration: credsStore, credHelpers",
    },
  );
}
