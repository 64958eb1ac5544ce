import { provideWasm } from "blake3/esm/browser/wasm.js";
import * as wasm from "blake3/dist/wasm/browser/blake3_js.js";
import { createHash } from "blake3/esm/browser/index.js";
import { memoryStore } from "../adapters/mod.ts";
import { createHasher } from "../schemas/mod.ts";
import { median } from "./measure.ts";
import type { Part, Plan } from "./plan.ts";

const MIB = 1024 * 1024;
const PIECE = 256 * 1024;

/** Hashing as the store does it, against the library itself on bytes in memory. */
export async function hashing(plan: Plan): Promise<Part> {
  const bytes = new Uint8Array((plan.quick ? 64 : 256) * MIB).fill(7);
  provideWasm(wasm);
  const library: number[] = [];
  const ours: number[] = [];
  const stored: number[] = [];
  for (let round = 0; round < (plan.quick ? 5 : 9); round++) {
    library.push(await speed(bytes, withLibrary));
    ours.push(await speed(bytes, withHasher));
    stored.push(await speed(bytes, withStore));
  }
  const [of, is, put] = [library, ours, stored].map(median);
  const share = (part = 0) => 100 * part / (of ?? NaN);
  const shown = (name: string, found = 0) => [
    name,
    `${found.toFixed(0)} MB/s`,
    `${share(found).toFixed(0)} %`,
  ];
  return {
    title: "Hashing",
    head: ["what", "speed", "of the library"],
    rows: [
      shown("the library, in memory", of),
      shown("`createHasher()`, in pieces", is),
      shown("a store in memory: hashed and copied", put),
    ],
    bars: [{
      name: "hashing, of the library's own speed",
      found: share(is),
      limit: 90,
      atLeast: true,
      unit: "%",
    }],
  };
}

async function speed(
  bytes: Uint8Array,
  work: (bytes: Uint8Array) => unknown,
): Promise<number> {
  const start = performance.now();
  await work(bytes);
  return bytes.length / MIB / ((performance.now() - start) / 1000);
}

function withLibrary(bytes: Uint8Array): unknown {
  return createHash().update(bytes).digest("hex");
}

async function withHasher(bytes: Uint8Array): Promise<string> {
  const hasher = await createHasher();
  for (const piece of pieces(bytes)) hasher.update(piece);
  return hasher.cid();
}

async function withStore(bytes: Uint8Array): Promise<unknown> {
  return await memoryStore().put(ReadableStream.from(pieces(bytes)));
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) {
    yield bytes.subarray(at, at + PIECE);
  }
}
