import { type Bar, bytesText, type Part, type Plan, timeText } from "./plan.ts";
import { commandLine, watched } from "./theoryctl.ts";

const MIB = 1024 * 1024;
const SIZES = [1, 16, 128, 1024].map((each) => each * MIB);

/** Smoke runs with an attachment that grows: first to the store, then when it is there. */
export async function attachments(plan: Plan): Promise<Part> {
  const rows: (readonly string[])[] = [];
  let largest = 0;
  for (const size of plan.quick ? SIZES.slice(0, 3) : SIZES) {
    const file = `${plan.folder}/a${size}.bin`;
    await writeNoise(file, size);
    const { first, second } = await runTwice(file, plan);
    largest = Math.max(largest, first.peak, second.peak);
    await Deno.remove(file);
    rows.push([
      bytesText(size),
      ...timeText(first.ms, plan),
      `${(size / MIB / (first.ms / 1000)).toFixed(0)} MB/s`,
      bytesText(first.peak),
      ...timeText(second.ms, plan),
      bytesText(second.peak),
    ]);
  }
  const memory: Bar = {
    name: "peak memory with the largest attachment",
    found: largest / MIB,
    limit: 150,
    unit: "MB",
  };
  return {
    title: "Attachments, by size (smoke)",
    head: [
      "file",
      "ms",
      "ratio",
      "speed",
      "memory",
      "again ms",
      "ratio",
      "memory",
    ],
    rows,
    bars: [memory],
  };
}

async function runTwice(file: string, { folder }: Plan) {
  const inputs = `${folder}/attach.yaml`;
  await Deno.writeTextFile(
    inputs,
    "schema: v1\nparams:\n  messages:\n    - role: user\n      content:\n        - $attach: it\n",
  );
  const state = `${folder}/attach_state`;
  const words = (file: string) => [
    ...["localctl", "run", "--ref", "llm/litellm@1", "--mode", "smoke"],
    ...["--inputs-file", inputs, "--attach", `it=${file}`],
    ...["--state-dir", state],
  ];
  // The line is found with another file: one that was read before would be known.
  const other = `${folder}/other.bin`;
  await Deno.writeTextFile(other, "other");
  const line = await commandLine(words(other), folder);
  const args = line.map((each) => each.replaceAll(other, file));
  const first = await watched(args, folder);
  const second = await watched(args, folder);
  await Deno.remove(state, { recursive: true });
  return { first, second };
}

/** Bytes that no disk makes smaller, and that no part of which is like another. */
async function writeNoise(file: string, size: number): Promise<void> {
  using out = await Deno.open(file, { write: true, create: true });
  const block = new Uint8Array(MIB);
  for (let at = 0; at < block.length; at += 65_536) {
    crypto.getRandomValues(block.subarray(at, at + 65_536));
  }
  const view = new DataView(block.buffer);
  for (let done = 0; done < size; done += MIB) {
    view.setFloat64(0, done);
    await out.write(block);
  }
}
