// Listens, but what it runs is not what it was told to run.
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
}, () => Response.json({ ok: true, digest: "b3:other" }));
