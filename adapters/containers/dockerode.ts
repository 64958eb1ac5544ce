/** The client of engines' APIs; loaded late, see `openDocker`. */
import { Agent } from "node:http";
import { buffer } from "node:stream/consumers";
import Dockerode from "dockerode";
import type { EngineSocket } from "./addresses.ts";
import type { Docker } from "./docker_api.ts";

/** A client for an engine that listens there; what the environment says of engines does not matter to it. */
export function dockerAt(at: EngineSocket): Docker {
  const nowhere = { host: undefined, port: undefined, socketPath: undefined };
  const there = "path" in at
    ? { socketPath: at.path }
    : { host: at.hostname.replace(/^\[(.*)\]$/, "$1"), port: at.port };
  // Of a connection that is used again nobody hears that it broke while a context was sent.
  const agent = new Agent({ keepAlive: false });
  const protocol = "http";
  const docker = new Dockerode({ ...nowhere, ...there, protocol, agent });
  hearBreaks(docker.modem);
  return docker;
}

type Told = (error: unknown, answer?: unknown) => void;

/** What the client sends requests with. */
interface Modem {
  buildRequest(
    options: unknown,
    context: { readonly isStream?: boolean },
    data: unknown,
    told: Told,
  ): void;
}

/** Reads whole answers as streams: itself it waits for the end of one for ever when the engine breaks off in it. */
function hearBreaks(modem: Modem): void {
  const build = modem.buildRequest.bind(modem);
  modem.buildRequest = (...[options, context, data, told]) => {
    if (context.isStream === true) return build(options, context, data, told);
    build(options, { ...context, isStream: true }, data, (error, answer) => {
      if (error) return told(error);
      whole(answer as AsyncIterable<Uint8Array>)
        .then((value) => told(null, value), told);
    });
  };
}

/** JSON as its value, anything else as it is. */
async function whole(answer: AsyncIterable<Uint8Array>): Promise<unknown> {
  const bytes = await buffer(answer as AsyncIterable<Uint8Array<ArrayBuffer>>);
  try {
    return JSON.parse(bytes.toString());
  } catch (error) {
    if (error instanceof SyntaxError) return bytes;
    throw error;
  }
}
