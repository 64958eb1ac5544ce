import assert from "node:assert/strict";
import { serverPermissions } from "../../runtime/mod.ts";
import { startServer } from "./server_process.ts";
import { errorOf, requestFrame, talk } from "./socket_client.ts";

Deno.test("POST /shutdown answers, then the server ends by itself", async () => {
  await using server = await startServer({
    handler: "handlers/echo.ts",
    token: "t0k3n",
  });
  const headers = { authorization: "Bearer t0k3n" };
  const response = await fetch(`${server.url}/shutdown`, {
    method: "POST",
    headers,
  });
  assert.deepEqual(await response.json(), { ok: true });
  assert.equal((await server.status).code, 0);
  assert.deepEqual([...Deno.readDirSync(server.runsDir)], []);
});

Deno.test("a server ends with its input when told so", async () => {
  await using server = await startServer({
    handler: "handlers/echo.ts",
    endWithStdin: true,
  });
  await server.stdin.close();
  assert.equal((await server.status).code, 0);
});

Deno.test("a server outlives its input otherwise", async () => {
  await using server = await startServer({ handler: "handlers/echo.ts" });
  await server.stdin.close();
  assert.equal((await talk(server.url, requestFrame("R1"))).code, 1000);
});

Deno.test("Ctrl-C does not end a server that ends with its input", async () => {
  await using server = await startServer({
    handler: "handlers/echo.ts",
    endWithStdin: true,
  });
  Deno.kill(server.pid, "SIGINT");
  assert.equal((await talk(server.url, requestFrame("R1"))).code, 1000);
});

Deno.test("a server whose runs folder vanished still answers every run", async () => {
  await using server = await startServer({ handler: "handlers/echo.ts" });
  await talk(server.url, requestFrame("R1"));
  await Deno.remove(server.runsDir, { recursive: true });
  await Deno.writeTextFile(server.runsDir, "in the way");
  for (const id of ["R2", "R3"]) {
    const { last, code } = await talk(server.url, requestFrame(id));
    assert.deepEqual([last["kind"], code], ["Response", 1000]);
    assert.notEqual(last["error"], undefined);
  }
});

for (const handler of ["obey", "spin"]) {
  Deno.test(`SIGTERM answers the run of the handler ${handler} before the server ends`, async () => {
    await using server = await startServer({
      handler: `handlers/${handler}.ts`,
    });
    const conversation = await talk(server.url, requestFrame("R1"), {
      onFrame: ({ kind }) =>
        kind === "Token" && Deno.kill(server.pid, "SIGTERM"),
    });
    assert.equal(errorOf(conversation)["code"], "ERR_PREEMPTED");
    assert.equal((await server.status).code, 0);
  });
}

Deno.test("an idle socket is closed with 1001 when the server ends", async () => {
  await using server = await startServer({ handler: "handlers/echo.ts" });
  const socket = new WebSocket(
    `${server.url.replace("http", "ws")}/run`,
    "theory.run.v1",
  );
  const closed = new Promise<number>((resolve) => {
    socket.onclose = ({ code }) => resolve(code);
  });
  await new Promise((resolve) => socket.onopen = resolve);
  Deno.kill(server.pid, "SIGTERM");
  assert.equal(await closed, 1001);
  assert.equal((await server.status).code, 0);
});

Deno.test("every log line names time, level, event, service and ref", async () => {
  await using server = await startServer({ handler: "handlers/tell.ts" });
  await talk(server.url, requestFrame("R1"));
  const lines = await server.log();
  for (const line of lines) {
    assert.match(`${line["ts"]}`, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    assert.match(`${line["level"]}`, /^(info|warn|error)$/);
    assert.deepEqual([line["service"], line["ref"]], [
      "processor",
      "test/echo@1",
    ]);
  }
  const events = lines.map(({ event }) => event).filter((each) =>
    each !== "handler.log"
  );
  assert.deepEqual(events.slice(0, 3), [
    "server.start",
    "ws.run.start",
    "ws.run.settle",
  ]);
  const told = lines.filter(({ event }) => event === "handler.log");
  assert.deepEqual(told.map(({ msg }) => msg), [
    "a line",
    "printed { deep: [ 1 ] }",
    "complained",
    "written",
    "by node",
  ]);
  for (const line of told) assert.equal(line["execution_id"], "R1");
});

Deno.test("serverPermissions() grants what runs may have together, and nothing else", () => {
  const access = serverPermissions({
    handlers: {
      mock: "file:///reg/mock/mock.ts",
      real: "file:///reg/real/handler.ts",
    },
    hostname: "127.0.0.1",
    port: 0,
    runsDir: "/state/runs",
    objectsDir: "/state/objects",
    logFile: "/state/a.log",
    allowNet: ["api.example.com:443"],
    secrets: ["A_KEY", "B_KEY"],
  }, ["/reg/shared"]);
  const [runtime, schemas] = ["runtime", "schemas"].map((name) =>
    new URL(`../../${name}`, import.meta.url).pathname
  );
  assert.deepEqual(access, {
    flags: [
      "--no-prompt",
      "--unstable-worker-options",
      "--unstable-no-legacy-abort",
      "--no-remote",
      "--allow-net=127.0.0.1:0,api.example.com:443",
      `--allow-read=${runtime},${schemas},/reg/mock,/reg/real,/reg/shared,/state/runs,/state/objects`,
      "--allow-write=/state/runs,/state/a.log",
      "--allow-env=A_KEY,B_KEY",
    ],
  });
});
