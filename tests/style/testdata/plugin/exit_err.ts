// place: cli/example.ts
import process from "node:process";

export function leave(): void {
  Deno.exit(1);
}

export const exits = [process.exit, leave];
