import assert from "node:assert/strict";
import { startServer } from "./server_process.ts";
import { requestFrame, talk } from "./socket_client.ts";

Deno.test("/healthz answers GET alone, without a token", async () => {
  await using server = await startServer({
    handler: "handlers/echo.ts",
    token: "t0k3n",
  });
  const response = await fetch(`${server.url}/healthz`);
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), { ok: true, digest: "sha256:test" });
  const posted = await fetch(`${server.url}/healthz`, { method: "POST" });
  assert.equal(posted.status, 405);
  assert.equal(posted.headers.get("allow"), "GET");
  await posted.body?.cancel();
});

for (const path of ["/run", "/run-stream", "/shutdown", "/else"]) {
  for (const authorization of ["", "Bearer wrong", "Bearer t0k3n2", "t0k3n"]) {
    Deno.test(`${path} refuses the authorization "${authorization}" with 401`, async () => {
      await using server = await startServer({
        handler: "handlers/echo.ts",
        token: "t0k3n",
      });
      const headers = { authorization, "content-type": "application/json" };
      const response = await fetch(server.url + path, {
        method: "POST",
        body: "{}",
        headers,
      });
      assert.equal(response.status, 401);
      const { status, error } = await response.json();
      assert.deepEqual([status, error.code], ["error", "ERR_UNAUTHORIZED"]);
    });
  }
}

Deno.test("a WebSocket needs the token, and passes with it", async () => {
  await using server = await startServer({
    handler: "handlers/echo.ts",
    token: "t0k3n",
  });
  const refused = await talk(server.url, requestFrame("R1"));
  assert.deepEqual(refused.frames, []);
  assert.equal(
    (await talk(server.url, requestFrame("R1"), { token: "t0k3n" })).code,
    1000,
  );
});

Deno.test("a host name that is not the loopback's is refused with 403", async () => {
  await using server = await startServer({ handler: "handlers/echo.ts" });
  const { port } = new URL(server.url);
  assert.equal(await statusFor(port, { host: `evil.example:${port}` }), 403);
  assert.equal(await statusFor(port, { host: `localhost:${port}` }), 200);
  assert.equal(await statusFor(port, { host: `127.0.0.1:${port}` }), 200);
});

Deno.test("a web page of another origin is refused with 403", async () => {
  await using server = await startServer({ handler: "handlers/echo.ts" });
  const host = new URL(server.url).host;
  const { port } = new URL(server.url);
  assert.equal(
    await statusFor(port, { host, origin: "https://evil.example" }),
    403,
  );
  assert.equal(await statusFor(port, { host, origin: server.url }), 200);
});

Deno.test("an unknown path is 404 and a wrong method 405, with envelopes", async () => {
  await using server = await startServer({ handler: "handlers/echo.ts" });
  for (
    const [path, status] of [["/else", 404], ["/run", 405], [
      "/run-stream",
      405,
    ]] as const
  ) {
    const response = await fetch(server.url + path);
    assert.equal(response.status, status);
    assert.equal((await response.json()).status, "error");
  }
});

/** `fetch` does not let a caller choose the host, so the request is written by hand. */
async function statusFor(
  port: string,
  headers: Readonly<Record<string, string>>,
) {
  using connection = await Deno.connect({
    hostname: "127.0.0.1",
    port: Number(port),
  });
  const lines = Object.entries(headers).map(([name, value]) =>
    `${name}: ${value}\r\n`
  );
  const text = `GET /healthz HTTP/1.1\r\n${lines.join("")}\r\n`;
  await connection.write(new TextEncoder().encode(text));
  const buffer = new Uint8Array(1000);
  const size = await connection.read(buffer) ?? 0;
  return Number(
    new TextDecoder().decode(buffer.subarray(0, size)).split(" ")[1],
  );
}
