import { join } from "node:path";
import { programOutput } from "./program_output.ts";

/** What the containers of the tests need of Debian; the version is that of the public images. */
const SUITE = "bookworm";
const PACKAGES = [
  "ca-certificates",
  "curl",
  "python3",
  "python3-fastapi",
  "python3-uvicorn",
  "python3-websockets",
  "tini",
];

/** Left out of the images: nothing reads it there. */
const UNREAD = [
  "var/cache/apt/*",
  "var/lib/apt/lists/*",
  "usr/share/doc/*",
  "usr/share/man/*",
  "usr/share/locale/*",
];

/** Names in full, as both engines file them. */
const BASE = "docker.io/theory-tests/base";
const FROM_BASE: Readonly<Record<string, string>> = {
  [`docker.io/denoland/deno:${Deno.version.deno}`]: "deno.Dockerfile",
  "docker.io/library/python:3.11-slim-bookworm": "python.Dockerfile",
};

/**
 * A root file system with Debian, Python and the running Deno, as one archive in `folder`. It carries the
 * certificates that this machine trusts, so that a build reaches what the machine reaches.
 */
export async function rootFileSystem(folder: string): Promise<string> {
  const root = join(folder, "rootfs");
  const archive = join(folder, "rootfs.tar");
  await programOutput([
    "debootstrap",
    "--variant=minbase",
    `--include=${PACKAGES.join(",")}`,
    SUITE,
    root,
  ]);
  await Deno.copyFile(Deno.execPath(), join(root, "usr/bin/deno"));
  await Deno.copyFile(
    trusted(),
    join(root, "etc/ssl/certs/ca-certificates.crt"),
  );
  const excluded = UNREAD.map((path) => `--exclude=./${path}`);
  await programOutput(
    ["tar", "--numeric-owner", ...excluded, "-C", root, "-cf", archive, "."],
  );
  await Deno.remove(root, { recursive: true });
  return archive;
}

/** The images that Dockerfiles start from, under their public names. `client` is a command such as `docker -H …`. */
export async function importBaseImages(
  client: readonly string[],
  archive: string,
): Promise<void> {
  const trust = "ENV DENO_TLS_CA_STORE=system";
  await programOutput([...client, "import", "--change", trust, archive, BASE]);
  for (const [name, file] of Object.entries(FROM_BASE)) {
    const stdin = await Deno.readTextFile(
      new URL(`base/${file}`, import.meta.url),
    );
    await programOutput([...client, "build", "--tag", name, "-"], { stdin });
  }
}

function trusted(): string {
  return Deno.env.get("SSL_CERT_FILE") ??
    Deno.env.get("NODE_EXTRA_CA_CERTS") ?? "/etc/ssl/certs/ca-certificates.crt";
}
