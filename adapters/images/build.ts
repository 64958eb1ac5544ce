import { Failure } from "../../schemas/mod.ts";
import type { BuildContext } from "./build_context.ts";
import type { BuildEngine, EngineVersion } from "./build_engine.ts";
import { type BuildEvent, buildReader } from "./build_events.ts";
import { buildFailure, unreadContext } from "./build_failure.ts";
import { saidBy } from "./engine_error.ts";
import { type ImageFacts, imageFacts } from "./image_facts.ts";
import { jsonLines } from "./json_lines.ts";
import { type Platform, platformName } from "./platform.ts";

/** An image that is to be made. */
export interface BuildRequest {
  readonly ref: string;
  readonly context: BuildContext;
  /** The name that it gets. */
  readonly tag: string;
  readonly platform: Platform;
  readonly labels: Readonly<Record<string, string>>;
  readonly noCache: boolean;
  /** Aborted to end the build; the engine ends it, too. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: BuildEvent) => void;
}

/** Lines of output that are told again when a step fails. */
const LAST_LINES = 15;

/**
 * Makes an engine build an image, with BuildKit where it has that. Throws `ERR_IMAGE_BUILD` with the step that failed.
 * Needs read permission for the context and the Dockerfile.
 */
export async function build(
  docker: BuildEngine,
  request: BuildRequest,
): Promise<ImageFacts> {
  const { ref, signal, tag } = request;
  const ended = new AbortController();
  const abortSignal = AbortSignal.any([signal, ended.signal]);
  try {
    await follow(docker, request, {
      abortSignal,
      end: (why) => ended.abort(why),
    });
  } catch (error) {
    if (signal.aborted) throw interrupted(ref);
    const unread = ended.signal.aborted;
    throw unread ? unreadContext(ref, ended.signal.reason) : error;
  } finally {
    ended.abort();
  }
  const facts = await imageFacts(docker, tag);
  if (facts !== undefined) return ofPlatform(facts, request);
  throw buildFailure(ref, {
    said: "the engine built it, but does not have it",
  });
}

/** An engine may take a base image that it has for another platform. */
function ofPlatform(
  facts: ImageFacts,
  { ref, platform }: Pick<BuildRequest, "ref" | "platform">,
): ImageFacts {
  const { architecture } = facts;
  if (architecture === "" || architecture === platform) return facts;
  const said = `the engine built it for ${architecture}, not for ${platform}`;
  throw buildFailure(ref, { said });
}

interface Following {
  readonly abortSignal: AbortSignal;
  /** Ends the build from this side. */
  readonly end: (why: unknown) => void;
}

async function follow(
  docker: BuildEngine,
  request: BuildRequest,
  following: Following,
): Promise<void> {
  const { ref, onEvent } = request;
  const reader = buildReader();
  const output: string[] = [];
  for await (const value of messages(docker, request, following)) {
    for (const event of reader.read(value)) {
      if (event.kind === "step") output.length = 0;
      else if (output.push(event.text) > LAST_LINES) output.shift();
      onEvent(event);
    }
    const said = value.errorDetail?.message ?? value.error;
    if (said === undefined) continue;
    throw buildFailure(ref, { said, step: reader.step(), output });
  }
}

type Message = Parameters<ReturnType<typeof buildReader>["read"]>[0];

async function* messages(
  docker: BuildEngine,
  { ref, context, tag, noCache, platform, labels }: BuildRequest,
  { abortSignal, end }: Following,
): AsyncGenerator<Message> {
  const { archive } = await archiveModule();
  const { dockerfile, stream } = await archive(context, end).catch((error) => {
    throw unreadContext(ref, error);
  });
  try {
    const answer = await docker.buildImage(stream, {
      t: tag,
      dockerfile,
      nocache: noCache,
      platform: platformName(platform),
      labels,
      rm: true,
      forcerm: true,
      version: hasBuildKit(await docker.version()) ? 2 : 1,
      abortSignal,
    });
    abortSignal.addEventListener("abort", () => answer.destroy());
    for await (const value of jsonLines(answer)) {
      if (typeof value === "object" && value !== null) yield value;
    }
  } catch (error) {
    const said = saidBy(error);
    if (said === undefined || abortSignal.aborted) throw error;
    yield { error: said };
  }
}

/** What reads files and packs them is loaded for a build alone. */
function archiveModule(): Promise<typeof import("./archive.ts")> {
  return import(new URL("./archive.ts", import.meta.url).href);
}

/** Docker has it since its API 1.39; Podman builds with Buildah. */
function hasBuildKit({ ApiVersion = "", Components }: EngineVersion): boolean {
  const [major = 0, minor = 0] = ApiVersion.split(".").map(Number);
  const podman = Components?.some(({ Name }) => Name.startsWith("Podman"));
  return podman !== true && (major > 1 || minor >= 39);
}

function interrupted(ref: string): Failure {
  return new Failure(
    "ERR_INTERRUPTED",
    `Cannot build an image of "${ref}": interrupted`,
  );
}
