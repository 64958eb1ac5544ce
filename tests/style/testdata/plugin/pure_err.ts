// place: schemas/example.ts
import { readFileSync } from "node:fs";

export const started = Date.now();
export const home = Deno.env.get("HOME");
export const text = readFileSync("a.txt", "utf8");

export async function load(url: string): Promise<Response> {
  console.log(new Date(), Date());
  const { readFile } = await import("node:fs/promises");
  return await fetch(url, { headers: { now: `${performance.now()}` } });
}

export const chance = [Math.random(), crypto.randomUUID()];
export const later = { setTimeout };
