import assert from "node:assert/strict";
import { openDocker } from "../../../adapters/containers/open_docker.ts";
import { ensureImage } from "../../../adapters/images/ensure_image.ts";
import { brokenEngine } from "./broken_engine.ts";

const DIGEST = `sha256:${"1".repeat(64)}`;
const PINNED = { reference: `ghcr.io/a/b@${DIGEST}`, digest: DIGEST };
const OPTIONS = {
  platform: "amd64",
  signal: new AbortController().signal,
} as const;

Deno.test("ensureImage() tells an engine that broke off from a registry", async () => {
  await using engine = await brokenEngine();
  const docker = await openDocker(engine);
  await assert.rejects(ensureImage(docker, PINNED, OPTIONS), {
    code: "ERR_ENGINE_UNAVAILABLE",
    message:
      `Cannot pull "${PINNED.reference}": the container engine broke off`,
  });
});
