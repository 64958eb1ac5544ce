// Answers /healthz as it should and takes no shutdown.
const config = await new Response(Deno.stdin.readable).json();
Deno.serve({
  hostname: config.hostname,
  port: config.port,
  onListen: ({ port }) => console.log(JSON.stringify({ ready: { port, pid: Deno.pid } })),
}, (request) =>
  new URL(request.url).pathname === "/healthz"
    ? Response.json({ ok: true, digest: config.digest })
    : Response.json({ status: "success" }, { status: 202 }));
