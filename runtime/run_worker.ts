import type {
  Assignment,
  FromWorker,
  RunMode,
  ToWorker,
  WorkerResult,
} from "./messages.ts";
import type { WorkerGreeting } from "./worker_main.ts";
import type { RunEvent } from "./schemas.ts";

/** A Worker that serves one run. */
export interface RunWorker {
  /** Hands it its run; answers how that ended. Called once. */
  run(assignment: Assignment): Promise<WorkerResult>;
  /** Aborts the handler's signal. */
  abort(reason: string): void;
  /** Has it answer at once, without its handler; only one that computes without a pause does not. */
  halt(): void;
  /** Ends the Worker wherever it stands. */
  terminate(): void;
}

/** What a Worker is made for. */
export interface WorkerPlan {
  readonly mode: RunMode;
  /** `file:` URL of the handler module. */
  readonly handler: string;
  /** Folders and files that the run may read. */
  readonly read: readonly string[];
  /** Folders that the run may write. */
  readonly write: readonly string[];
  /** Hosts that the run may reach; none in `mock`. */
  readonly net: readonly string[];
  /** What the handler finds as its environment; none in `mock`. */
  readonly env: Readonly<Record<string, string>> | undefined;
  readonly onEvent: (event: RunEvent) => void;
}

/**
 * Starts a Worker that has exactly the permissions of the plan, and loads the handler in it. It never has the
 * environment natively, where one run could change it for the next: `plan.env` is a copy.
 */
export function startRunWorker(plan: WorkerPlan): RunWorker {
  const module = moduleFor(plan.handler);
  const worker = openWorker(module, plan);
  const { port1: port, port2 } = new MessageChannel();
  const settled = Promise.withResolvers<WorkerResult>();
  port.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (data.kind === "event") plan.onEvent(data.event);
    else settled.resolve(data.result);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    settled.resolve(died(event.message));
  };
  const greeting: WorkerGreeting = { mode: plan.mode, env: plan.env };
  worker.postMessage(greeting, [port2]);
  const post = (message: ToWorker) => port.postMessage(message);
  return {
    run(assignment) {
      post({ kind: "run", assignment });
      return settled.promise;
    },
    abort: (reason) => post({ kind: "abort", reason }),
    halt: () => post({ kind: "halt" }),
    terminate() {
      worker.terminate();
      port.close();
      URL.revokeObjectURL(module);
    },
  };
}

/** A module made on the spot may import the handler without the Worker having to read any file. */
function moduleFor(handler: string): string {
  const main = new URL("./worker_main.ts", import.meta.url).href;
  const source = `import { startWorker } from ${JSON.stringify(main)};\n` +
    `startWorker(() => import(${JSON.stringify(handler)}));\n`;
  return URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
}

function openWorker(
  module: string,
  { read, write, net }: Pick<WorkerPlan, "read" | "write" | "net">,
): Worker {
  const permissions: Deno.PermissionOptionsObject = {
    read: [...read],
    write: [...write],
    net: net.length === 0 ? false : [...net],
    env: false,
    run: false,
    ffi: false,
    sys: false,
    import: false,
  };
  return new Worker(module, { type: "module", deno: { permissions } });
}

function died(message: string): WorkerResult {
  return {
    ok: false,
    error: { code: "ERR_RUNTIME", message: `The handler died: ${message}` },
  };
}
