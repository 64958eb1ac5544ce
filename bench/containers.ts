/**
 * Instances in containers, beside what the same engine's own client takes to do nothing:
 * `deno task bench:containers [ROUNDS]`. Prints Markdown; asserts nothing. Needs what `deno task test:containers` needs.
 */
import { join } from "node:path";
import { engines, type TestEngine } from "../tests/containers/each_engine.ts";
import { HOUSE, openHouse } from "../tests/containers/house.ts";
import { missing } from "../tests/containers/missing.ts";
import { programOutput } from "../tests/containers/program_output.ts";
import { writeRelease } from "../tests/release/release.ts";
import { afterwards } from "./afterwards.ts";
import { measure, type Measured, median } from "./measure.ts";
import { type Part, partText } from "./plan.ts";
import { ROOT } from "./root.ts";
import { commandLine, measured, theoryctl } from "./theoryctl.ts";

const REF = "llm/litellm@1";

if (import.meta.main) await benchContainers(Number(Deno.args[0] ?? 20));

async function benchContainers(rounds: number): Promise<void> {
  const reasons = await missing();
  if (reasons.length > 0) {
    throw new Error(`Cannot measure containers: ${reasons.join("; ")}`);
  }
  const never = new AbortController().signal;
  await using house = Deno.env.has(HOUSE)
    ? undefined
    : await openHouse((line) => say(Deno.stderr, `${line}\n`), never);
  if (house !== undefined) Deno.env.set(HOUSE, house.file);
  for (const engine of engines()) {
    const folder = await Deno.makeTempDir({ prefix: "bench_" });
    const part = await afterwards(
      () => measureEngine(engine, { folder, rounds }),
      () => Deno.remove(folder, { recursive: true }),
    );
    say(Deno.stdout, partText(part));
  }
}

interface Place {
  /** For state and registry; the working folder of every command. */
  readonly folder: string;
  readonly rounds: number;
}

async function measureEngine(
  engine: TestEngine,
  { folder, rounds }: Place,
): Promise<Part> {
  for (const name of ["DOCKER_HOST", "CONTAINER_HOST"]) Deno.env.delete(name);
  for (const [name, value] of Object.entries(engine.env)) {
    Deno.env.set(name, value);
  }
  const { root, image } = await pinned(folder);
  const registry = ["--registry", root];
  const ref = ["--ref", REF];
  const start = ["localctl", "start", ...ref, ...registry];
  const starting = [...start, "--engine", "docker", "--mock-missing-secrets"];
  const stop = ["localctl", "stop", ...ref];
  const starts = await measureStarts({ starting, stop }, { folder, rounds });
  const said = await theoryctl([...starting, "--json"], folder);
  return await afterwards(async () => {
    const { container: { name } } = JSON.parse(said);
    const inputs = join(folder, "inputs.json");
    await Deno.writeTextFile(
      inputs,
      await theoryctl(["registry", "example", REF], folder),
    );
    const run = ["localctl", "run", ...ref, ...registry];
    const words = [...run, "--inputs-file", inputs];
    const release = join(folder, "release");
    await writeRelease(release);
    const found = await measureRuns(engine, {
      name,
      image,
      line: await commandLine(words, folder),
      released: await commandLine(words, folder, join(release, "main.js")),
      folder,
      rounds,
    });
    return partOf(engine, found, starts);
  }, () => theoryctl(stop, folder));
}

/** What is measured: an image, and a registry root with an entry that pins it. */
interface Pinned {
  readonly root: string;
  readonly image: string;
}

/** Builds the image of the shipped processor, and pins it in a copy of its entry. */
async function pinned(folder: string): Promise<Pinned> {
  const entry = `${ROOT}registry/llm/litellm/1`;
  const build = ["imagectl", "build", "--ref", REF, "--json"];
  const { image_tag: image, platform } = JSON.parse(
    await theoryctl(build, folder),
  );
  const root = join(folder, "registry");
  const place = join(root, "llm/litellm/1");
  await Deno.mkdir(place, { recursive: true });
  for (const { name } of Deno.readDirSync(entry)) {
    await Deno.copyFile(`${entry}/${name}`, join(place, name));
  }
  const pin = ["registry", "pin", "--ref", REF, "--registry", root];
  const which = ["--platform", platform, "--tag", image];
  await theoryctl([...pin, ...which], folder);
  return { root, image };
}

/** Milliseconds of `localctl start`, until the container answers at /healthz. */
async function measureStarts(
  { starting, stop }: {
    readonly starting: readonly string[];
    readonly stop: readonly string[];
  },
  { folder, rounds }: Place,
): Promise<readonly number[]> {
  const startLine = await commandLine(starting, folder);
  const stopLine = await commandLine(stop, folder);
  const times: number[] = [];
  for (let round = 0; round < Math.ceil(rounds / 4); round++) {
    times.push((await measured(startLine, folder)).ms);
    await measured(stopLine, folder);
  }
  return times;
}

/** Whole processes, interleaved. */
async function measureRuns(
  { name: engine, address }: TestEngine,
  { name, image, line, released, folder, rounds }: Place & {
    /** Of the container. */
    readonly name: string;
    readonly image: string;
    /** Arguments of deno, for the source. */
    readonly line: readonly string[];
    /** Those for a release. */
    readonly released: readonly string[];
  },
): Promise<readonly Measured[]> {
  // Both by way of the engine's API, as this program does it.
  const client = engine === "podman"
    ? ["podman", "--remote", "--url", address]
    : ["docker", "--host", address];
  const once = ["run", "--rm", "--entrypoint", "true", image];
  const deno = Deno.execPath();
  return await measure([
    {
      name: `\`${engine} exec … true\``,
      args: [...client, "exec", name, "true"],
    },
    { name: `\`${engine} run --rm … true\``, args: [...client, ...once] },
    { name: "mock run, warm container", args: [deno, ...line] },
    {
      name: "mock run, warm container, release",
      args: [deno, ...released],
    },
  ], {
    rounds,
    async run(words) {
      const begun = performance.now();
      await programOutput(words, { cwd: folder });
      return performance.now() - begun;
    },
  });
}

function partOf(
  { name }: TestEngine,
  found: readonly Measured[],
  starts: readonly number[],
): Part {
  const [base] = found;
  const row = (
    what: string,
    { median, fastest, slowest }: Omit<Measured, "name" | "ratio">,
  ) => [
    what,
    median.toFixed(1),
    `${fastest.toFixed(1)}–${slowest.toFixed(1)}`,
    `${(median / (base?.median ?? NaN)).toFixed(2)}×`,
  ];
  return {
    title: `Containers on ${name}`,
    head: ["what", "median ms", "range ms", "ratio"],
    rows: [
      ...found.map((each) => row(each.name, each)),
      row("`localctl start`, until it is healthy", {
        median: median(starts),
        fastest: Math.min(...starts),
        slowest: Math.max(...starts),
      }),
    ],
    bars: [],
  };
}

function say(to: Pick<typeof Deno.stdout, "writeSync">, text: string): void {
  to.writeSync(new TextEncoder().encode(text));
}
