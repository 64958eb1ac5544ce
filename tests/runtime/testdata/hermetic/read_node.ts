import { readFileSync } from "node:fs";

export function handle() {
  readFileSync("/etc/hostname");
}
