import type { Instance } from "../../adapters/mod.ts";
import { type Entry, Failure, resolveAllowNet } from "../../schemas/mod.ts";
import { registryOf } from "../registry_of.ts";
import type { CommandInput } from "../command.ts";
import { localRoad } from "../local_road.ts";
import { whatItIs } from "../what_it_is.ts";
import { printJson } from "../print_json.ts";
import { startProgress } from "../progress/progress.ts";
import { pullSteps } from "../progress/pull_steps.ts";
import { secretValues } from "../secrets.ts";
import { parseSpan, parseWhole } from "../spans.ts";

interface Flags {
  readonly ref: string;
  readonly engine: "auto" | "sandbox" | "docker" | undefined;
  readonly platform: "amd64" | "arm64" | undefined;
  readonly hermetic: boolean;
  readonly port: string | undefined;
  readonly mockMissingSecrets: boolean;
  readonly wait: string | undefined;
  readonly registry: readonly string[];
  readonly stateDir: string | undefined;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** Starts an instance, or finds it running. */
export async function run(
  { flags, world }: CommandInput<Flags>,
): Promise<number> {
  const port = flags.port === undefined
    ? 0
    : parseWhole(flags.port, "--port", { min: 0, max: 65535 });
  const waitMs = parseSpan(flags.wait ?? "30s", "--wait");
  const { entry, dir, root } = registryOf(flags, world).require(flags.ref);
  refuseForSandbox(flags, entry);
  const secrets = secretValues(
    entry,
    {
      mayMiss: flags.mockMissingSecrets || flags.hermetic,
      instead: "give --mock-missing-secrets to run mock alone",
    },
    world,
  );
  const road = await localRoad(flags, world);
  const progress = startProgress(world, flags);
  progress.begin("start", entry.ref);
  const instance = await road.engine.start({
    processor: { entry, dir, shipped: root.shipped },
    port,
    secrets,
    allowNet: resolveAllowNet(entry, world.env),
    waitMs,
    signal: world.interrupted,
    engine: flags.engine === "auto" ? undefined : flags.engine,
    hermetic: flags.hermetic,
    ...(flags.platform === undefined ? {} : { platform: flags.platform }),
    onPull: pullSteps(progress, entry.ref),
    onWait: () => progress.begin("ready", entry.ref),
  }).finally(progress.end);
  if (flags.json) printJson(world, startedJson(instance));
  else world.stdout.write(startedText(instance));
  return 0;
}

/** What is for containers alone is not left out without a word. */
function refuseForSandbox(
  { engine = "auto", hermetic, platform }: Flags,
  { handler }: Entry,
): void {
  if (engine === "sandbox" && hermetic) {
    throw new Failure(
      "ERR_USAGE",
      "Cannot start with --hermetic in the sandbox: only containers have networks of their own",
      { hint: "Mock runs in the sandbox reach no network anyway" },
    );
  }
  const chosen = engine === "auto" && !hermetic && handler !== undefined;
  if (platform !== undefined && (engine === "sandbox" || chosen)) {
    throw new Failure(
      "ERR_USAGE",
      "Cannot start with --platform in the sandbox: only containers are made from images",
      { hint: "Start it in a container: --engine docker" },
    );
  }
}

function startedText(instance: Instance): string {
  const { alreadyRunning, ref, url } = instance;
  return `${alreadyRunning ? "Already running" : "Started"} ${ref} at ${url} (${
    whatItIs(instance)
  })\n`;
}

/** Without the token: that stays in the state folder. */
function startedJson(
  { alreadyRunning, token: _, startedAt, ...shown }: Instance,
) {
  return {
    status: "success",
    ...shown,
    started_at: startedAt,
    ...(alreadyRunning ? { note: "already_running" } : {}),
  };
}
