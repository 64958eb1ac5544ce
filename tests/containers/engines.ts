import { join } from "node:path";
import { background, eventually } from "./background.ts";
import { programOutput, succeeds } from "./program_output.ts";

/** An engine that runs for the tests alone. */
export interface Engine extends AsyncDisposable {
  readonly name: "docker" | "podman";
  /** Where its API listens, as DOCKER_HOST and CONTAINER_HOST say it. */
  readonly address: string;
  /** The start of a command line of its own client. */
  readonly client: readonly string[];
}

/** Where an engine lives, and what sets it apart from others on the machine. */
export interface EngineOptions {
  /** Short, since paths of sockets have at most 107 bytes. */
  readonly folder: string;
  /** From 1 to 250: part of the names of its bridges and of their addresses. */
  readonly number: number;
  /** Registries on loopback that it may speak to without TLS. */
  readonly registries: readonly string[];
}

/** Docker with its data, its socket and its bridge in places of its own. */
export async function startDocker(
  { folder, number }: EngineOptions,
): Promise<Engine> {
  const bridge = `thd${number}`;
  const address = `unix://${folder}/docker.sock`;
  const log = join(folder, "docker.log");
  await programOutput(["ip", "link", "add", bridge, "type", "bridge"]);
  await programOutput(
    ["ip", "address", "add", `10.21.${number}.1/24`, "dev", bridge],
  );
  await programOutput(["ip", "link", "set", bridge, "up"]);
  const daemon = background(
    [
      "dockerd",
      `--host=${address}`,
      `--data-root=${folder}/docker`,
      `--exec-root=${folder}/exec`,
      `--pidfile=${folder}/docker.pid`,
      `--bridge=${bridge}`,
    ],
    { log, env: { PATH: await withIptables(folder) } },
  );
  const client = ["docker", "--host", address];
  await eventually(() => programOutput([...client, "version"]), log);
  return {
    name: "docker",
    address,
    client,
    async [Symbol.asyncDispose]() {
      await daemon[Symbol.asyncDispose]();
      await programOutput(["ip", "link", "delete", bridge]);
    },
  };
}

/** The service of Podman, likewise. */
export async function startPodman(options: EngineOptions): Promise<Engine> {
  const { folder } = options;
  const address = `unix://${folder}/podman.sock`;
  const log = join(folder, "podman.log");
  const env = await configurePodman(options);
  const client = ["env", ...pairs(env), "podman", ...await storage(folder)];
  const service = background(
    [...client, "system", "service", "--time=0", address],
    { log },
  );
  await eventually(
    () => programOutput(["podman", "--remote", "--url", address, "version"]),
    log,
  );
  return {
    name: "podman",
    address,
    client,
    async [Symbol.asyncDispose]() {
      await programOutput([...client, "rm", "--all", "--force", "--time=0"]);
      await programOutput([...client, "network", "prune", "--force"]);
      await service[Symbol.asyncDispose]();
      await ended(`thp${options.number}`);
    },
  };
}

/** The drivers of storage, best first: of the kernel, of a program, and copies of everything. */
const DRIVERS = [
  [],
  [
    "--storage-driver=overlay",
    "--storage-opt=overlay.mount_program=/usr/bin/fuse-overlayfs",
  ],
  ["--storage-driver=vfs"],
] as const;

/** What tells Podman where its storage is, and the first driver that works here. */
async function storage(folder: string): Promise<readonly string[]> {
  const places = [
    `--root=${folder}/podman`,
    `--runroot=${folder}/run`,
    `--tmpdir=${folder}/tmp`,
    `--network-config-dir=${folder}/networks`,
  ];
  for (const driver of DRIVERS) {
    const line = [...places, ...driver];
    if (await succeeds(["podman", ...line, "info"])) return line;
    // It has noted there which driver it is.
    await succeeds(["rm", "-rf", `${folder}/podman`]);
  }
  return places;
}

/** Writes what Podman reads of configuration; the answer is the environment that names it. */
async function configurePodman({ folder, number, registries }: EngineOptions) {
  const containers = join(folder, "containers.conf");
  const known = join(folder, "registries.conf");
  await Deno.writeTextFile(
    containers,
    [
      "[containers]",
      `default_ulimits = ["nofile=${await limit("n")}", "nproc=${await limit(
        "u",
      )}"]`,
      "[engine]",
      'events_logger = "file"',
      'cgroup_manager = "cgroupfs"',
      "[network]",
      `default_subnet = "10.22.${number}.0/24"`,
      "",
    ].join("\n"),
  );
  await Deno.writeTextFile(
    known,
    [
      'unqualified-search-registries = ["docker.io"]',
      ...registries.flatMap((location) => [
        "[[registry]]",
        `location = "${location}"`,
        "insecure = true",
      ]),
      "",
    ].join("\n"),
  );
  await Deno.mkdir(join(folder, "networks"));
  await Deno.writeTextFile(
    join(folder, "networks", "podman.json"),
    JSON.stringify(defaultNetwork(number)),
  );
  return { CONTAINERS_CONF: containers, CONTAINERS_REGISTRIES_CONF: known };
}

/** Podman's own default network, on a bridge of its own. */
function defaultNetwork(number: number) {
  return {
    name: "podman",
    id: "2f259bab93aaaaa2542ba43ef33eb990d0999ee1b9924b557b7be53c0b7a1bb9",
    driver: "bridge",
    network_interface: `thp${number}`,
    created: "2026-01-01T00:00:00Z",
    subnets: [{
      subnet: `10.22.${number}.0/24`,
      gateway: `10.22.${number}.1`,
    }],
    ipv6_enabled: false,
    internal: false,
    dns_enabled: false,
    ipam_options: { driver: "host-local" },
  };
}

/** Enough files (`n`) or processes (`u`), and no more than this machine allows: Podman asks for more. */
async function limit(of: "n" | "u"): Promise<string> {
  const hard = (await programOutput(["bash", "-c", `ulimit -H${of}`])).trim();
  const most = hard === "unlimited" ? 16384 : Math.min(Number(hard), 16384);
  return `${most}:${most}`;
}

/** Kernels without nftables have the older program alone; Docker calls whatever `iptables` is. */
async function withIptables(folder: string): Promise<string> {
  const path = Deno.env.get("PATH") ?? "";
  try {
    await programOutput(["iptables", "--wait", "-t", "nat", "-L", "-n"]);
    return path;
  } catch {
    const older = await programOutput(["which", "iptables-legacy"]);
    await Deno.mkdir(join(folder, "bin"));
    await Deno.symlink(older.trim(), join(folder, "bin", "iptables"));
    return `${folder}/bin:${path}`;
  }
}

function pairs(env: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}

/** Removes a bridge that the last container may have removed already. */
async function ended(bridge: string): Promise<void> {
  try {
    await programOutput(["ip", "link", "delete", bridge]);
  } catch {
    // It went with its last container.
  }
}
