import assert from "node:assert/strict";

const MODULE =
  new URL("../../../adapters/containers/ask_engine.ts", import.meta.url).href;

for (const hostname of ["127.0.0.1", "[::1]"]) {
  const name = `askEngine() goes past a proxy to an engine at ${hostname}`;
  // Not every machine has IPv6.
  const ignore = !isOwn(hostname);
  Deno.test({ name, ignore }, async () => {
    const asked: string[] = [];
    await using engine = Deno.serve(
      { hostname: bare(hostname), port: 0, onListen() {} },
      (request) => {
        asked.push(new URL(request.url).pathname);
        return new Response("OK");
      },
    );
    const at = { hostname, port: engine.addr.port };
    const program = `
      import { askEngine } from "${MODULE}";
      console.log((await askEngine(${JSON.stringify(at)}, "/_ping")).body);
    `;
    // Nobody listens at port 9.
    const proxy = "http://127.0.0.1:9";
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--no-lock", program],
      env: { HTTP_PROXY: proxy, http_proxy: proxy, NO_PROXY: "", no_proxy: "" },
    }).output();
    const said = [stdout, stderr].map((bytes) =>
      new TextDecoder().decode(bytes)
    );
    assert.deepEqual(said, ["OK\n", ""]);
    assert.deepEqual(asked, ["/_ping"]);
  });
}

function isOwn(hostname: string): boolean {
  try {
    using _listener = Deno.listen({ hostname: bare(hostname), port: 0 });
    return true;
  } catch {
    return false;
  }
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}
