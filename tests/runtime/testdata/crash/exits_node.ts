import { exit } from "node:process";

export async function handle() {
  try {
    exit(0);
  } catch {
    await new Promise(() => {});
  }
}
