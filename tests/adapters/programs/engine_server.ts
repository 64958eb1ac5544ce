import { join } from "node:path";
import type { ProgramSources } from "../../../adapters/programs/program_place.ts";
import { denoCommand } from "../../../adapters/mod.ts";
import type { Entry } from "../../../schemas/mod.ts";
import { entryWith } from "../entry_fixture.ts";
import { temporary } from "../temporary.ts";

const DIGEST = `sha256:${"1".repeat(64)}`;
const IMAGE = `ghcr.io/demo/echo@${DIGEST}`;

/** What an engine does in place of answering as usual. */
export type Instead = (
  asked: string,
) => Response | undefined | Promise<Response | undefined>;

/** An engine on a socket that makes containers which do nothing, and what runs of programs on it take. */
export interface EngineServer extends AsyncDisposable {
  readonly entry: Entry;
  readonly sources: ProgramSources;
  /** The containers that there are. */
  readonly made: ReadonlySet<string>;
  readonly asked: readonly string[];
}

/** `instead` is told of each request, as `POST /containers/create`. */
export async function engineServer(instead: Instead): Promise<EngineServer> {
  const place = await temporary();
  const path = join(place.folder, "s");
  const made = new Set<string>();
  const asked: string[] = [];
  const server = Deno.serve({ path, onListen: () => {} }, async (request) => {
    const it = `${request.method} ${new URL(request.url).pathname}`;
    asked.push(it);
    return await instead(it) ?? answerTo(it, made);
  });
  return {
    entry: {
      ...entryWith([]),
      api: { protocol: "file", path: "/run", healthz: "/healthz" },
      image: { platforms: { amd64: IMAGE, arm64: IMAGE } },
    },
    sources: await sourcesFor(path, place.folder),
    made,
    asked,
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      await place[Symbol.asyncDispose]();
    },
  };
}

function answerTo(asked: string, made: Set<string>): Response {
  if (asked === "GET /_ping") return new Response("OK");
  if (asked === "POST /containers/create") {
    made.add("c1");
    return Response.json({ Id: "c1" }, { status: 201 });
  }
  if (asked === "DELETE /containers/c1") {
    return new Response(null, { status: made.delete("c1") ? 204 : 404 });
  }
  if (asked === "GET /containers/json") {
    return Response.json([...made].map((Id) => ({ Id })));
  }
  if (asked === "GET /networks") return Response.json([]);
  if (asked.startsWith("GET /images/")) {
    return Response.json({ Id: DIGEST, RepoDigests: [IMAGE] });
  }
  return asked.startsWith("GET /")
    ? Response.json({})
    : new Response(null, { status: 204 });
}

/** What running programs on the engine of a socket takes, with everything of it in a folder. */
export async function sourcesFor(
  path: string,
  folder: string,
): Promise<ProgramSources> {
  const { PATH = "", HOME = "", DENO_DIR } = Deno.env.toObject();
  return {
    containers: {
      stateDir: join(folder, "state"),
      addresses: [{ from: "test", url: `unix://${path}`, at: { path } }],
      permitted: (addresses) => Promise.resolve(addresses),
      env: () => undefined,
      now: () => new Date(),
      randomToken: () => crypto.randomUUID().replaceAll("-", ""),
    },
    denoCommand: await denoCommand(),
    environment: {
      PATH,
      HOME,
      ...(DENO_DIR === undefined ? {} : { DENO_DIR }),
    },
    objectsDir: join(folder, "objects"),
    secrets: () => new Map(),
    note: () => {},
  };
}
