import { execSync } from "node:child_process";

export function handle() {
  execSync("ls");
}
