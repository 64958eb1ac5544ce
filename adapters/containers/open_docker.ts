import process from "node:process";
import type { EngineSocket } from "./addresses.ts";
import type { Docker } from "./docker_api.ts";

/** What there is to see for those who are not to see the environment. */
const NOTHING: typeof process.env = Object.freeze({});

/**
 * Loads the client of an engine's API. Its dependencies read the whole environment, and it takes addresses from there:
 * nothing of that is wanted, so that it sees none, and needs no permission for it.
 */
export async function openDocker(at: EngineSocket): Promise<Docker> {
  const { dockerAt } = await loaded();
  const show = hideEnvironment();
  try {
    return dockerAt(at);
  } finally {
    show();
  }
}

async function loaded(): Promise<typeof import("./dockerode.ts")> {
  const show = hideEnvironment();
  try {
    return await import(new URL("./dockerode.ts", import.meta.url).href);
  } finally {
    show();
  }
}

/** Answers what shows it again. Whoever comes while it is hidden leaves that to those who hid it. */
function hideEnvironment(): () => void {
  const kept = process.env;
  if (kept === NOTHING) return () => {};
  process.env = NOTHING;
  return () => {
    process.env = kept;
  };
}
