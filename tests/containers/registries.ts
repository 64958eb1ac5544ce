import { join } from "node:path";
import { freePort } from "../adapters/free_port.ts";
import { background, eventually } from "./background.ts";

/** Who may use the private registry. */
export const ACCOUNT = { username: "tester", password: "loopback" };

/** `ACCOUNT`, as htpasswd writes it with bcrypt; fast, since every request asks for it. */
const HTPASSWD =
  "tester:$2b$04$MNI2g7pwuIWiJwahu8dv4uMt7dqBYyaNKB2dX2r/bHOQJDtmhHpBm\n";

/** A registry of images on loopback. */
export interface Registry extends AsyncDisposable {
  /** Host and port, as the first part of a name of an image. */
  readonly host: string;
}

/** Debian's docker-registry with its data in `folder`; a private one asks for `ACCOUNT`. */
export async function startRegistry(
  folder: string,
  access: "open" | "private",
): Promise<Registry> {
  const host = `127.0.0.1:${freePort()}`;
  const log = join(folder, `${access}_registry.log`);
  const config = join(folder, `${access}_registry.yml`);
  await Deno.writeTextFile(config, await configuration(folder, access, host));
  const server = background(["docker-registry", "serve", config], { log });
  await eventually(() => answers(`http://${host}/v2/`), log);
  return { host, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

async function configuration(
  folder: string,
  access: "open" | "private",
  host: string,
): Promise<string> {
  const auth = join(folder, "htpasswd");
  await Deno.writeTextFile(auth, HTPASSWD);
  const asked = access === "open" ? {} : {
    auth: { htpasswd: { realm: "tests", path: auth } },
  };
  return JSON.stringify({
    version: "0.1",
    storage: {
      filesystem: { rootdirectory: join(folder, `${access}_registry`) },
      delete: { enabled: true },
    },
    http: { addr: host },
    ...asked,
  });
}

async function answers(url: string): Promise<void> {
  const response = await fetch(url);
  await response.body?.cancel();
}
