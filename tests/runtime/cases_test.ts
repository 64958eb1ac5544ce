import assert from "node:assert/strict";
import { caseNames, readCase, startServer } from "./server_process.ts";
import type { ServerProcess } from "./server_process.ts";
import { errorOf, requestFrame, talk } from "./socket_client.ts";

const FOLDERS: Readonly<Record<string, string>> = {
  hermetic: "a mock run is refused",
  crash: "a handler's mistake is an error envelope",
};

for (const [folder, claim] of Object.entries(FOLDERS)) {
  for (const name of caseNames(`${folder}/`)) {
    Deno.test(`runtime: ${claim}: ${name}`, async () => {
      await using server = await startServer({
        handler: `${folder}/${name}.ts`,
      });
      const expected = await expectedError(folder, name, server);
      assert.deepEqual(await errorOfRun(server, name), expected);
      assert.deepEqual(await errorOfRun(server, name), expected);
      const health = await fetch(`${server.url}/healthz`);
      assert.deepEqual(await health.json(), {
        ok: true,
        digest: "sha256:test",
      });
    });
  }
}

async function errorOfRun(server: ServerProcess, name: string) {
  const { runsDir, objectsDir } = server;
  const frame = requestFrame(name, { params: { runsDir, objectsDir } });
  const conversation = await talk(server.url, frame);
  assert.equal(conversation.code, 1000);
  return errorOf(conversation);
}

/** Expectations name what differs from run to run in braces. */
async function expectedError(
  folder: string,
  name: string,
  server: ServerProcess,
) {
  const url = new URL(`./testdata/${folder}/${name}.ts`, import.meta.url);
  const places: Readonly<Record<string, string>> = {
    url: url.href,
    dirUrl: new URL(".", url).href,
    dir: new URL(".", url).pathname,
    runsDir: server.runsDir,
    objectsDir: server.objectsDir,
  };
  const { code, message } = await readCase(`${folder}/${name}.error.json`);
  const filled = `${message}`.replaceAll(
    /\{(\w+)\}/g,
    (all, key) => places[key] ?? all,
  );
  return { code, message: filled };
}
