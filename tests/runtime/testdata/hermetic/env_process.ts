import process from "node:process";

export function handle() {
  return process.env.PATH;
}
