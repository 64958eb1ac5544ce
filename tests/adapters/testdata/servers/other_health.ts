// Listens, but what it runs is not what it was told to run.
const config = await new Response(Deno.stdin.readable).json();
Deno.serve({
  hostname: config.hostname,
  port: config.port,
  onListen: ({ port }) => console.log(JSON.stringify({ ready: { port, pid: Deno.pid } })),
}, () => Response.json({ ok: true, digest: "b3:other" }));
