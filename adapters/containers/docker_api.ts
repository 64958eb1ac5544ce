import type { BuildEngine } from "../images/build_engine.ts";

/** The part of an engine's API that instances take, as dockerode has it. */
export interface Docker extends BuildEngine {
  info(): Promise<EngineInfo>;
  version(): Promise<EngineVersion>;
  createContainer(options: ContainerSpec): Promise<Container>;
  getContainer(id: string): Container;
  listContainers(
    options: { readonly all: boolean; readonly filters: Filters },
  ): Promise<readonly ListedContainer[]>;
  createNetwork(options: NetworkSpec): Promise<Network>;
  getNetwork(id: string): Network;
  listNetworks(
    options: { readonly filters: Filters },
  ): Promise<readonly { readonly Id: string; readonly Name: string }[]>;
}

export interface Filters {
  readonly label: readonly string[];
}

export interface EngineInfo {
  readonly NCPU?: number;
  readonly SecurityOptions?: readonly string[] | null;
  /** What Podman says in place of an option. */
  readonly Rootless?: boolean;
}

export interface EngineVersion {
  readonly Components?: readonly { readonly Name: string }[] | null;
}

export interface Container {
  readonly id: string;
  start(): Promise<unknown>;
  inspect(): Promise<InspectedContainer>;
  /** Answers when it has ended. */
  wait(): Promise<{ readonly StatusCode: number }>;
  stop(options: { readonly t: number }): Promise<unknown>;
  kill(options: { readonly signal: string }): Promise<unknown>;
  remove(options: { readonly force: boolean; readonly v: boolean }): Promise<
    unknown
  >;
  logs(options: FollowedLog): Promise<LogStream>;
  logs(options: WholeLog): Promise<Uint8Array>;
}

interface LogRequest {
  readonly stdout: true;
  readonly stderr: true;
  /** Seconds since 1970. */
  readonly since?: number | string;
}

export type FollowedLog = LogRequest & { readonly follow: true };
export type WholeLog = LogRequest & { readonly follow: false };
export type LogStream = AsyncIterable<Uint8Array> & { destroy(): unknown };

export interface Network {
  readonly id: string;
  remove(): Promise<unknown>;
}

export interface NetworkSpec {
  readonly Name: string;
  readonly Internal: boolean;
  readonly Labels: Labels;
}

export type Labels = Readonly<Record<string, string>>;

/** `POST /containers/create`, what is used of it. */
export interface ContainerSpec {
  readonly name: string;
  readonly Image: string;
  readonly Env: readonly string[];
  readonly User: string;
  readonly Labels: Labels;
  readonly ExposedPorts: Readonly<Record<string, Record<never, never>>>;
  readonly HostConfig: HostConfig;
}

export interface HostConfig {
  readonly Mounts: readonly {
    readonly Type: "bind";
    readonly Source: string;
    readonly Target: string;
  }[];
  readonly CapDrop: readonly string[];
  readonly SecurityOpt: readonly string[];
  readonly ReadonlyRootfs: true;
  readonly Tmpfs: Readonly<Record<string, string>>;
  readonly Init: boolean;
  readonly NanoCpus: number;
  readonly Memory: number;
  readonly MemorySwap: number;
  readonly PidsLimit: number;
  readonly NetworkMode?: string;
  readonly UsernsMode?: string;
  readonly PortBindings: Readonly<Record<string, readonly PortBinding[]>>;
  readonly DeviceRequests?: readonly DeviceRequest[];
  readonly LogConfig: {
    readonly Type: string;
    readonly Config: Readonly<Record<string, string>>;
  };
}

interface DeviceRequest {
  readonly Driver: string;
  readonly Count: number;
  readonly Capabilities: readonly (readonly string[])[];
}

export interface PortBinding {
  readonly HostIp: string;
  readonly HostPort: string;
}

/** `GET /containers/{id}/json`, what is used of it. */
export interface InspectedContainer {
  readonly Id: string;
  readonly Name: string;
  /** Id of its image. */
  readonly Image: string;
  readonly Config?: { readonly Env?: readonly string[] | null };
  readonly State: {
    readonly Running: boolean;
    readonly ExitCode?: number;
    readonly OOMKilled?: boolean;
  };
  readonly NetworkSettings: {
    readonly Ports?:
      | Readonly<Record<string, readonly PortBinding[] | null>>
      | null;
    readonly Networks?:
      | Readonly<Record<string, { readonly IPAddress?: string }>>
      | null;
  };
}

/** An item of `GET /containers/json`, what is used of it. */
export interface ListedContainer {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly Image: string;
  readonly ImageID: string;
  readonly State: string;
  /** Seconds since 1970. */
  readonly Created: number;
  readonly Labels?: Labels | null;
  readonly Ports?: readonly {
    readonly PublicPort?: number;
    readonly PrivatePort: number;
  }[];
}
