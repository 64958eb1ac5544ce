// Listens, but never answers.
let text = "";
for await (const piece of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  text += piece;
  if (text.includes("\n")) break;
}
const config = JSON.parse(text);
Deno.serve({
  hostname: config.hostname,
  port: config.port,
  onListen: ({ port }) => console.log(JSON.stringify({ ready: { port, pid: Deno.pid } })),
}, () => new Promise<Response>(() => {}));
