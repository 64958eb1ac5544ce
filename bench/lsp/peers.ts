import { PEER_PACKAGES, peerServers, type Server } from "./servers.ts";

/** Installs the peers into a folder with npm; throws when that fails. */
export async function installedPeers(
  folder: string,
): Promise<readonly Server[]> {
  await run("npm", [
    ...["install", "--no-fund", "--no-audit", "--ignore-scripts"],
    ...["--prefix", folder, ...PEER_PACKAGES],
  ]);
  const modules = `${folder}/node_modules`;
  const { os, arch } = Deno.build;
  const cpu = arch === "aarch64" ? "arm64" : "x64";
  const tombi = `${modules}/@tombi-toml/cli-${os}-${cpu}/tombi`;
  return peerServers(modules, { node: "node", tombi });
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, {
    args: [...args],
    stdin: "null",
  }).output();
  if (success) return;
  const said = new TextDecoder().decode(stderr);
  throw new Error(`Cannot run "${program} ${args.join(" ")}": ${said}`);
}
