import assert from "node:assert/strict";
import { SUBPROTOCOL, subprotocolOf } from "../../schemas/mod.ts";
import { startServer } from "./server_process.ts";
import { requestFrame, talk } from "./socket_client.ts";

/** The protocol that a server chooses; undefined when it refuses the handshake. */
async function chosen(
  url: string,
  protocols: string[],
): Promise<string | undefined> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/run`, protocols);
  const ended = new Promise((resolve) => socket.onclose = resolve);
  const opened = new Promise((resolve) => socket.onopen = resolve);
  socket.onerror = (event) => event.preventDefault();
  await Promise.race([opened, ended]);
  const { protocol, readyState } = socket;
  socket.close();
  await ended;
  return readyState === WebSocket.OPEN ? protocol : undefined;
}

Deno.test("/run takes whoever means its digest, and refuses who means another one alone", async () => {
  await using server = await startServer({ handler: "handlers/echo.ts" });
  const [own, other] = ["sha256:test", "sha256:other"].map(subprotocolOf);
  assert.ok(own !== undefined && other !== undefined);
  assert.equal(await chosen(server.url, [own]), own);
  assert.equal(await chosen(server.url, [SUBPROTOCOL, own]), own);
  assert.equal(await chosen(server.url, [other, SUBPROTOCOL]), SUBPROTOCOL);
  assert.equal(await chosen(server.url, [other]), undefined);
});

Deno.test("/run refuses whoever means its digest while it is ending", async () => {
  await using server = await startServer({ handler: "handlers/mixed.ts" });
  const release = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const going = talk(
    server.url,
    requestFrame("R1", { params: { do: "wait" } }),
    {
      async onFrame({ kind }, socket) {
        if (kind !== "Token") return;
        begun.resolve();
        await release.promise;
        socket.send('{"kind":"control","content":{"op":"preempt"}}');
      },
    },
  );
  await begun.promise;
  const stuck = requestFrame("R2", {
    params: { do: "spin" },
    timeout_s: 0.2,
    grace_s: 0.1,
  });
  await talk(server.url, stuck);
  const own = subprotocolOf("sha256:test");
  assert.equal(await chosen(server.url, [own]), undefined);
  assert.equal(await chosen(server.url, [SUBPROTOCOL]), SUBPROTOCOL);
  release.resolve();
  await going;
});
