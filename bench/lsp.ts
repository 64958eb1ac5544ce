/**
 * What the language server takes, in one run with its peers, as ratios to a bare `deno run` of an empty file:
 * `deno task bench:lsp [--quick] [--peers] [ROUNDS]`. Prints Markdown, of times the shortest; asserts nothing. Takes
 * minutes. `--peers` installs other servers with npm into a folder that is removed afterwards, and measures them, too;
 * they take Node, and minutes more.
 */
import { denoCommand } from "../adapters/mod.ts";
import { writeRelease } from "../tests/release/release.ts";
import { afterwards } from "./afterwards.ts";
import { installedPeers } from "./lsp/peers.ts";
import { barsOf, type Endings, partOf } from "./lsp/report.ts";
import { type Case, measureCase, type Row, taskOf } from "./lsp/rounds.ts";
import { ourServers, type Server } from "./lsp/servers.ts";
import { goneTime, type Schema, shutdownTime } from "./lsp/session.ts";
import { barsText, partText } from "./plan.ts";
import { ROOT } from "./root.ts";
import { measured, theoryctl } from "./theoryctl.ts";

const SIZES = [1e3, 1e4, 1e6, 1e7];
const LANGUAGES = ["json", "yaml", "toml"] as const;

const folder = await Deno.realPath(
  await Deno.makeTempDir({ prefix: "bench_" }),
);
await afterwards(
  () => bench(Deno.args),
  () => Deno.remove(folder, { recursive: true }),
);

async function bench(args: readonly string[]): Promise<void> {
  const quick = args.includes("--quick");
  const given = args.find((each) => /^\d+$/.test(each));
  const rounds = Number(given ?? (quick ? 3 : 5));
  const peers = args.includes("--peers")
    ? await installedPeers(`${folder}/peers`)
    : [];
  const servers = [...await ours(), ...peers];
  const place = { cwd: folder, schema: await schemaFile() };
  const empty = `${folder}/empty.ts`;
  await Deno.writeTextFile(empty, "");
  const starts: number[] = [];
  const also = async () =>
    void starts.push((await measured(["run", empty], folder)).ms);
  const rows: Row[] = [];
  for (const each of casesOf(quick ? SIZES.slice(0, 3) : SIZES)) {
    const found = await measureCase(each, { servers, rounds, also, ...place });
    const bare = Math.min(...starts);
    await print(partText(partOf(each, { rows: found, bare })));
    rows.push(...found);
  }
  if (peers.length === 0) {
    await print(
      "\nWithout the peers, which `--peers` installs and measures.\n",
    );
  }
  const endings = quick
    ? { shutdown: [], gone: [] }
    : await endingsOf(servers, place);
  await print(
    barsText(barsOf(rows, { bare: Math.min(...starts), ...endings })),
  );
}

async function ours(): Promise<readonly Server[]> {
  const release = `${folder}/release`;
  await writeRelease(release);
  const source = ROOT.slice(0, -1);
  return ourServers({ deno: await denoCommand(), source, release });
}

async function schemaFile(): Promise<Schema> {
  const text = await theoryctl(["registry", "schema", "llm/litellm@1"], folder);
  const file = `${folder}/inputs.schema.json`;
  await Deno.writeTextFile(file, text);
  return { file, text };
}

function casesOf(sizes: readonly number[]): readonly Case[] {
  return LANGUAGES.flatMap((language) =>
    sizes.map((size) => ({ language, size }))
  );
}

async function endingsOf(
  servers: readonly Server[],
  place: { readonly cwd: string; readonly schema: Schema },
): Promise<Endings> {
  const [server] = servers;
  const shutdown: number[] = [];
  const gone: number[] = [];
  if (server === undefined) return { shutdown, gone };
  for (const language of ["json", "yaml"] as const) {
    const task = taskOf({ language, size: 1e7 }, server, place);
    shutdown.push(await shutdownTime(task));
    gone.push(await goneTime(task));
  }
  return { shutdown, gone };
}

async function print(text: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(text));
}
