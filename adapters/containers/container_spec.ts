import type { Entry } from "../../schemas/mod.ts";
import type { ContainerSpec, HostConfig, Labels } from "./docker_api.ts";

/** What a container is made from. */
export interface ContainerChoice {
  readonly entry: Pick<Entry, "runtime" | "image">;
  readonly name: string;
  /** Id of the image. */
  readonly imageId: string;
  readonly labels: Labels;
  /** The pinned digest, which its `/healthz` then says. */
  readonly digest: string;
  /** Its runtime, if it has one, asks for it. */
  readonly token: string;
  readonly secrets: ReadonlyMap<string, string>;
  /** Folder that is its `/artifacts`. */
  readonly runsDir: string;
  /** Whose files those are that it makes. */
  readonly owner: { readonly uid: number; readonly gid: number };
  /** Port on 127.0.0.1; 0 takes a free one. Not published in a network of its own. */
  readonly port: number;
  /** The network that it is in alone, when it may not get to any other. */
  readonly network?: string | undefined;
  readonly engine: EngineFacts;
}

/** What an engine can do. */
export interface EngineFacts {
  /** Cores that it has. */
  readonly cpus: number;
  /** How ids of users are mapped: not at all, to that of its user as root, or as they are. */
  readonly users: "same" | "root" | "keep-id";
  /** Whether SELinux keeps its containers from folders that are not labelled for them. */
  readonly selinux: boolean;
  /** Whether it has a program that reaps processes. */
  readonly init: boolean;
}

/** Where processors listen, unless their entry says otherwise. */
const PORT = 8000;
const GIGABYTE = 2 ** 30;
/** Most processes and threads of one container. */
const PIDS = 1024;

/** The port inside of the container. */
export function innerPort({ image }: Pick<Entry, "image">): number {
  return image.build?.port ?? PORT;
}

/** How a container is to be made: with the least that serving runs takes. */
export function containerSpec(choice: ContainerChoice): ContainerSpec {
  const { name, imageId, labels, entry, owner, engine } = choice;
  return {
    name,
    Image: imageId,
    Env: environment(choice),
    User: engine.users === "root" ? "0:0" : `${owner.uid}:${owner.gid}`,
    Labels: labels,
    ExposedPorts: { [portName(entry)]: {} },
    HostConfig: hostConfig(choice),
  };
}

/** `8000/tcp`: how engines call the port inside. */
export function portName(entry: Pick<Entry, "image">): string {
  return `${innerPort(entry)}/tcp`;
}

function environment(
  { digest, token, secrets }: ContainerChoice,
): readonly string[] {
  const values = {
    ...Object.fromEntries(secrets),
    TZ: "UTC",
    LC_ALL: "C.UTF-8",
    HOME: "/tmp",
    IMAGE_DIGEST: digest,
    THEORY_TOKEN: token,
  };
  return Object.entries(values).map(([name, value]) => `${name}=${value}`);
}

function hostConfig(choice: ContainerChoice): HostConfig {
  const { entry, runsDir, network, engine } = choice;
  const { cpu, memoryGb, gpu } = entry.runtime;
  const memory = Math.round(memoryGb * GIGABYTE);
  return {
    // The shorter form of it takes no paths with a colon.
    Mounts: [{ Type: "bind", Source: runsDir, Target: "/artifacts" }],
    CapDrop: ["ALL"],
    SecurityOpt: [
      "no-new-privileges",
      // Labels of folders of the user are not for us to change.
      ...(engine.selinux ? ["label=disable"] : []),
    ],
    ReadonlyRootfs: true,
    Tmpfs: { "/tmp": "rw,mode=1777" },
    Init: engine.init,
    // An engine refuses more cores than it has.
    NanoCpus: Math.round(Math.min(cpu, engine.cpus) * 1e9),
    Memory: memory,
    // No swap besides.
    MemorySwap: memory,
    PidsLimit: PIDS,
    ...(network === undefined ? {} : { NetworkMode: network }),
    ...(engine.users === "keep-id" ? { UsernsMode: "keep-id" } : {}),
    PortBindings: network === undefined ? published(choice) : {},
    ...(gpu === null || network !== undefined
      ? {}
      : { DeviceRequests: [anyGpu()] }),
    LogConfig: { Type: "json-file", Config: { "max-size": "16m" } },
  };
}

function published({ entry, port }: ContainerChoice) {
  const HostPort = port === 0 ? "" : `${port}`;
  return { [portName(entry)]: [{ HostIp: "127.0.0.1", HostPort }] };
}

function anyGpu() {
  return { Driver: "", Count: 1, Capabilities: [["gpu"]] };
}
