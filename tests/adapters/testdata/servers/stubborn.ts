// Answers /healthz as it should, takes no shutdown and does not mind its input ending.
let text = "";
const decoder = new TextDecoder();
for await (const chunk of Deno.stdin.readable) {
  text += decoder.decode(chunk, { stream: true });
  if (text.includes("\n")) break;
}
const config = JSON.parse(text);
Deno.serve({
  hostname: config.hostname,
  port: config.port,
  onListen: ({ port }) => console.log(JSON.stringify({ ready: { port, pid: Deno.pid } })),
}, (request) =>
  new URL(request.url).pathname === "/healthz"
    ? Response.json({ ok: true, digest: config.digest })
    : Response.json({ status: "success" }, { status: 202 }));
