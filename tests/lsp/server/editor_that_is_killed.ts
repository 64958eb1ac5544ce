/** Starts the server that its arguments say, tells its process, and waits to be killed. */
import { framed } from "./framed.ts";

const [program = "", ...args] = Deno.args;
const server = new Deno.Command(program, {
  args,
  stdin: "piped",
  stdout: "piped",
}).spawn();
const writer = server.stdin.getWriter();
const params = { processId: Deno.pid, rootUri: null, capabilities: {} };
await writer.write(
  new TextEncoder().encode(framed({ id: 1, method: "initialize", params })),
);
await server.stdout.getReader().read();
await Deno.stdout.write(new TextEncoder().encode(String(server.pid)));
setInterval(() => {}, 1_000);
