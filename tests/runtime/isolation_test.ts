import assert from "node:assert/strict";
import { cidOf, SERVER_LOCK } from "../../schemas/mod.ts";
import { startServer } from "./server_process.ts";
import type { ServerProcess } from "./server_process.ts";
import { errorOf, requestFrame, talk } from "./socket_client.ts";

const IDS = ["A", "B", "C", "D", "E"];

Deno.test("five runs at once see their own things alone", async () => {
  await using server = await startServer({ handler: "handlers/meet.ts" });
  const talks = await Promise.all(
    IDS.map((id, n) => talk(server.url, requestFrame(id, { params: { n } }))),
  );
  for (const [n, id] of IDS.entries()) {
    const tokens = talks[n]?.frames.filter(({ kind }) => kind === "Token");
    assert.deepEqual(
      tokens,
      Array(50).fill({ kind: "Token", content: { text: `${id} ` } }),
    );
    assert.equal(await response(server, id), `nothing ${id} ${n}`);
  }
});

Deno.test("a second run of an id starts with an empty folder", async () => {
  await using server = await startServer({ handler: "handlers/echo.ts" });
  await talk(
    server.url,
    requestFrame("R1", { write_prefix: "/artifacts/first/" }),
  );
  await talk(
    server.url,
    requestFrame("R1", { write_prefix: "/artifacts/second/" }),
  );
  const names = [...Deno.readDirSync(`${server.runsDir}/R1`)].map(({ name }) =>
    name
  );
  assert.deepEqual(names, ["second"]);
});

Deno.test("a run's folder is private to the user, and no other folder is left", async () => {
  await using server = await startServer({
    handler: "handlers/echo.ts",
    endWithStdin: true,
  });
  await talk(server.url, requestFrame("R1"));
  await talk(server.url, requestFrame("R2"));
  const names = [...Deno.readDirSync(server.runsDir)].map(({ name }) => name);
  const runs = names.filter((name) => name !== SERVER_LOCK);
  assert.deepEqual(runs.sort(), ["R1", "R2"]);
  for (const name of runs) {
    const { mode } = await Deno.stat(`${server.runsDir}/${name}`);
    assert.equal((mode ?? 0) & 0o777, 0o700);
  }
});

Deno.test("mock runs see the same clock, randomness and machine each time", async () => {
  await using server = await startServer({
    handler: "handlers/clock.ts",
    env: { TZ: "Europe/Berlin", LC_ALL: "de_DE.UTF-8" },
  });
  await talk(server.url, requestFrame("R1"));
  const first = await response(server, "R1");
  await talk(server.url, requestFrame("R1"));
  assert.equal(await response(server, "R1"), first);
  await talk(server.url, requestFrame("R2"));
  const [one, two] = [
    JSON.parse(first),
    JSON.parse(await response(server, "R2")),
  ];
  assert.notDeepEqual(one.random, two.random);
  assert.notDeepEqual(one.bytes, two.bytes);
  assert.deepEqual({ ...two, random: one.random, bytes: one.bytes }, one);
  const epoch = Date.UTC(2025, 0, 1);
  assert.deepEqual(one.timers, [0, 20, 25, 30, 35].map((ms) => epoch + ms));
  assert.deepEqual(one.zone, [0, "UTC"]);
  assert.deepEqual(one.locale, ["en-US", "en-US"]);
});

Deno.test("attachments are found by cid, in document order, each once", async () => {
  await using server = await startServer({ handler: "handlers/attach.ts" });
  const [one, two] = [
    await putObject(server, "one"),
    await putObject(server, "three"),
  ];
  const first = artifact(one, "a.txt", "text/plain");
  const second = artifact(two, "b.png", "image/png");
  const params = { list: [{ deep: second }, first], image: second };
  await talk(server.url, requestFrame("R1", { params }));
  const seen = (name: string, text: string, found: boolean) => ({
    name,
    size: text.length,
    text,
    bytes: text.length,
    same: true,
    found,
  });
  assert.deepEqual(JSON.parse(await response(server, "R1")), [
    {
      path: second.$artifact,
      mime: "image/png",
      ...seen("b.png", "three", true),
    },
    {
      path: first.$artifact,
      mime: "text/plain",
      ...seen("a.txt", "one", false),
    },
  ]);
});

Deno.test("an attachment may lie in the run's own inputs folder", async () => {
  await using server = await startServer({ handler: "handlers/attach.ts" });
  const cid = await cidOf(new TextEncoder().encode("mine"));
  await Deno.mkdir(`${server.runsDir}/R1/inputs/${cid}`, { recursive: true });
  await Deno.writeTextFile(`${server.runsDir}/R1/inputs/${cid}/a.txt`, "mine");
  const params = { image: artifact(cid, "a.txt", "text/plain") };
  await talk(server.url, requestFrame("R1", { params }));
  assert.equal(JSON.parse(await response(server, "R1"))[0].text, "mine");
});

Deno.test("a missing artifact is refused before the handler starts", async () => {
  await using server = await startServer({ handler: "handlers/attach.ts" });
  const cid = `b3:${"0".repeat(64)}`;
  const params = { image: artifact(cid, "a.txt", "text/plain") };
  const conversation = await talk(server.url, requestFrame("R1", { params }));
  assert.deepEqual(conversation.frames.map(({ kind }) => kind), [
    "Ack",
    "Response",
  ]);
  assert.equal(errorOf(conversation)["code"], "ERR_ARTIFACT_MISSING");
});

Deno.test("an artifact that is a link is not followed", async () => {
  await using server = await startServer({ handler: "handlers/attach.ts" });
  const hex = "1".repeat(64);
  await Deno.mkdir(`${server.objectsDir}/11`);
  await Deno.symlink("/etc/hostname", `${server.objectsDir}/11/${hex}`);
  const params = { image: artifact(`b3:${hex}`, "a.txt", "text/plain") };
  const conversation = await talk(server.url, requestFrame("R1", { params }));
  assert.equal(errorOf(conversation)["code"], "ERR_ARTIFACT_MISSING");
});

async function putObject(server: ServerProcess, text: string) {
  const cid = await cidOf(new TextEncoder().encode(text));
  const hex = cid.slice(3);
  await Deno.mkdir(`${server.objectsDir}/${hex.slice(0, 2)}`, {
    recursive: true,
  });
  await Deno.writeTextFile(
    `${server.objectsDir}/${hex.slice(0, 2)}/${hex}`,
    text,
  );
  return cid;
}

function artifact(cid: string, name: string, mime: string) {
  return { $artifact: `/artifacts/inputs/${cid}/${name}`, cid, mime };
}

async function response(server: ServerProcess, id: string): Promise<string> {
  return await Deno.readTextFile(
    `${server.runsDir}/${id}/outputs/${id}/response.txt`,
  );
}
