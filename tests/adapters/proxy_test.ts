import assert from "node:assert/strict";
import type { Generation } from "./originals/websocket.ts";
import { originalWebSocket } from "./originals/websocket.ts";
import { originalHttp } from "./originals/http.ts";
import type { Original } from "./originals/original.ts";

const MODULE =
  new URL("../../adapters/transports/transport_for.ts", import.meta.url).href;

/** What a program says that runs on a processor, in an environment that names a proxy where nobody is. */
async function runBehindProxy(
  protocol: "ws" | "http",
  { url }: Original,
): Promise<string> {
  const request = {
    url: `${url}/run`,
    healthUrl: `${url}/healthz`,
    executionId: "R1",
    mode: "mock",
    inputs: { schema: "v1", params: { do: "hello" } },
    writePrefix: "/artifacts/outputs/x/R1/",
    timeoutS: 60,
    graceMs: 5000,
  };
  const program = `
    import { transportFor } from "${MODULE}";
    const hooks = { signal: new AbortController().signal, onEvent() {} };
    const transport = await transportFor("${protocol}");
    const request = ${JSON.stringify(request)};
    console.log((await transport.run(request, hooks)).status);
  `;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-lock", program],
    env: { HTTP_PROXY: unusedUrl(), NO_PROXY: "" },
  }).output();
  const texts = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  return texts.join("");
}

function unusedUrl(): string {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return `http://127.0.0.1:${listener.addr.port}`;
}

Deno.test("transportFor() goes past a proxy to a processor on this machine", async () => {
  await using older = originalHttp("G2b");
  assert.equal(await runBehindProxy("http", older), "success\n");
  const generations: readonly Generation[] = ["G3b", "G4"];
  for (const generation of generations) {
    await using processor = originalWebSocket(generation);
    assert.equal(await runBehindProxy("ws", processor), "success\n");
  }
});
