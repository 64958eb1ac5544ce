import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type InstanceRecord,
  isSandboxRecord,
  readRecord,
  writeRecord,
} from "../../adapters/sandbox/record.ts";
import { temporary } from "./temporary.ts";

const RECORD: InstanceRecord = {
  ref: "demo/hello@1",
  engine: "sandbox",
  pid: 7,
  port: 8123,
  url: "http://127.0.0.1:8123",
  token: "t",
  startedAt: "2026-01-31T12:00:00.000Z",
  digest: "b3:00",
  secrets: [],
  runsDir: "/state/runs/demo~hello@1",
  layout: "per-run",
};

Deno.test("readRecord() reads the records of before layouts had names", async () => {
  await using dir = await temporary();
  const path = join(dir.folder, "one.json");
  const { layout: _, ...older } = RECORD;
  await Deno.writeTextFile(path, JSON.stringify(older));
  const read = readRecord(path);
  assert.deepEqual(read, RECORD);
  assert.ok(isSandboxRecord(read));
});

Deno.test("readRecord() reads what writeRecord() wrote of a container", async () => {
  await using dir = await temporary();
  const path = join(dir.folder, "one.json");
  const { pid: _, ...rest } = RECORD;
  const record: InstanceRecord = {
    ...rest,
    engine: "docker",
    layout: "shared",
    hermetic: true,
    container: {
      id: "c0ffee",
      name: "theory-demo-hello-1-0a1b2c3d",
      image: `demo/hello@sha256:${"0".repeat(64)}`,
      imageId: `sha256:${"1".repeat(64)}`,
      platform: "arm64",
      healthUrl: "http://127.0.0.1:8123/healthz",
    },
  };
  await writeRecord(path, record);
  assert.deepEqual(readRecord(path), record);
  assert.ok(!isSandboxRecord(record));
});
