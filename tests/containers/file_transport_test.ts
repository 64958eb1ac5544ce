import type { Transport } from "../../adapters/mod.ts";
import { programPlace } from "../../adapters/programs/program_place.ts";
import { entryWith } from "../adapters/entry_fixture.ts";
import { temporary } from "../adapters/temporary.ts";
import type { Without } from "../adapters/transport_conformance.ts";
import { sourcesFor } from "../adapters/programs/engine_server.ts";
import { testTransport } from "../adapters/transport_conformance.ts";
import type { Processor } from "../adapters/transport_subject.ts";
import { engines, type TestEngine } from "./each_engine.ts";
import { programImage } from "./program_processor.ts";

const NO_MESSAGES = "a program says how it went by its exit code alone";
const NO_FRAMES = "inputs are a file, of any size";
const NO_CONNECTION = "there is no connection to a program, only its engine";

const WITHOUT: Without = {
  "answers with the processor's error, to the letter": NO_MESSAGES,
  "reports a message that is larger than a frame": NO_MESSAGES,
  "refuses inputs that are larger than a frame": NO_FRAMES,
  "reports that nobody listens": NO_CONNECTION,
  "reports a server that takes the connection and says nothing": NO_CONNECTION,
  "reports a connection that breaks in the middle of the run": NO_CONNECTION,
  "reports a connection that is half open": NO_CONNECTION,
};

/** A place for one run, and what runs there. */
async function openPlace(
  engine: TestEngine,
): Promise<Processor & { readonly transport: Pick<Transport, "run"> }> {
  const folder = await temporary();
  const image = await programImage(engine, "third");
  const entry = {
    ...entryWith([]),
    api: { protocol: "file", path: "/run", healthz: "/healthz" },
    image: { platforms: { amd64: image, arm64: image } },
  } as const;
  const { signal } = new AbortController();
  const processor = { entry, dir: folder.folder, shipped: false };
  const run = {
    processor,
    mode: "mock",
    executionId: "E1",
    timeoutS: 60,
    signal,
  } as const;
  const sources = await sourcesFor(engine.socket, folder.folder);
  const place = await programPlace(run, sources);
  return {
    url: "http://127.0.0.1:1",
    transport: place.transport,
    async [Symbol.asyncDispose]() {
      await place.leave();
      await folder[Symbol.asyncDispose]();
    },
  };
}

for (const engine of engines()) {
  let open: Pick<Transport, "run"> | undefined;
  testTransport(`fileTransport() on ${engine.name}`, {
    transport: {
      run(request, hooks) {
        if (open === undefined) throw new Error("There is no place yet");
        return open.run(request, hooks);
      },
    },
    path: "/run",
    asksHealth: false,
    events: () => [],
    without: WITHOUT,
    async open() {
      const { transport, ...processor } = await openPlace(engine);
      open = transport;
      return processor;
    },
  });
}
