import { get } from "node:http";

export async function handle() {
  await new Promise((_, reject) => get("http://127.0.0.1:8123/").on("error", reject));
}
