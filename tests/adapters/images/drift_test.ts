import assert from "node:assert/strict";
import { startAgain } from "../../../adapters/start_again.ts";
import { hostPlatform } from "../../../adapters/images/platform.ts";
import {
  driftFailure,
  driftOf,
  type Running,
} from "../../../adapters/images/drift.ts";

const PINNED = `sha256:${"1".repeat(64)}`;
const OTHER = `sha256:${"2".repeat(64)}`;
const ID = `sha256:${"3".repeat(64)}`;

const PULLED = { id: ID, repoDigests: [`demo@${PINNED}`] };
const BUILT = { id: PINNED, repoDigests: [] };

const SAME: Readonly<Record<string, Running>> = {
  "nothing is known": {},
  "the image has the digest": { image: PULLED },
  "the image has the digest as its id": { image: BUILT },
  "the instance says it": { said: PINNED },
  "the instance says it with a repository": { said: `demo@${PINNED}` },
  "the instance says no digest": { said: "unknown", image: PULLED },
  "both say it": { said: PINNED, image: BUILT },
};

for (const [when, running] of Object.entries(SAME)) {
  Deno.test(`driftOf() finds none when ${when}`, () => {
    assert.equal(driftOf(PINNED, running), undefined);
  });
}

Deno.test("driftOf() believes the engine before the instance", () => {
  const image = { id: ID, repoDigests: [`demo@${OTHER}`] };
  assert.deepEqual(driftOf(PINNED, { said: PINNED, image }), {
    pinned: PINNED,
    running: OTHER,
    source: "image",
  });
});

Deno.test("driftOf() names an image of many digests by what the instance says", () => {
  const third = `sha256:${"4".repeat(64)}`;
  const repoDigests = [`demo@${third}`, `demo@${OTHER}`];
  const image = { id: ID, repoDigests };
  assert.equal(driftOf(PINNED, { said: OTHER, image })?.running, OTHER);
  assert.equal(driftOf(PINNED, { said: PINNED, image })?.running, third);
});

Deno.test("driftOf() names a local build by its id", () => {
  const image = { id: ID, repoDigests: [] };
  assert.equal(driftOf(PINNED, { image })?.running, ID);
});

Deno.test("driftOf() finds an instance that says another digest", () => {
  assert.deepEqual(driftOf(PINNED, { said: `demo@${OTHER}`, image: PULLED }), {
    pinned: PINNED,
    running: OTHER,
    source: "healthz",
  });
});

Deno.test("driftFailure() has both digests and what to do", () => {
  const drift = { pinned: PINNED, running: OTHER, source: "image" } as const;
  const { code, message, hint } = driftFailure(
    "demo/echo@1",
    drift,
    startAgain({ ref: "demo/echo@1", secrets: [] }),
  );
  assert.equal(code, "ERR_IMAGE_DRIFT");
  assert.equal(
    message,
    `Cannot use the instance of "demo/echo@1": its image is ${OTHER}, the entry pins ${PINNED}`,
  );
  assert.equal(
    hint,
    "localctl stop --ref demo/echo@1 && localctl start --ref demo/echo@1",
  );
});

Deno.test("startAgain() starts in a container what was in one, as it was", () => {
  const ref = "demo/echo@1";
  const secrets: readonly string[] = [];
  const platform = hostPlatform();
  const other = platform === "amd64" ? "arm64" : "amd64";
  const lines = [
    startAgain({ ref, secrets, container: { platform } }),
    startAgain({ ref, secrets, container: { platform }, hermetic: true }),
    startAgain({ ref, secrets, container: { platform: other } }),
  ].map((line) => line.replace(`localctl stop --ref ${ref} && `, ""));
  assert.deepEqual(lines, [
    `localctl start --ref ${ref} --engine docker`,
    `localctl start --ref ${ref} --engine docker --hermetic`,
    `localctl start --ref ${ref} --engine docker --platform ${other}`,
  ]);
});

Deno.test("startAgain() starts without secrets what has none that are required", () => {
  const ref = "demo/echo@1";
  const entry = { secrets: { required: ["KEY"], optional: ["MORE"] } };
  const container = { platform: hostPlatform() };
  const flagged = ([hermetic, secrets]: readonly [boolean, string[]]) =>
    startAgain({ ref, hermetic, container, secrets }, entry)
      .endsWith(" --mock-missing-secrets");
  const none = flagged([false, ["MORE"]]);
  const all = flagged([false, ["KEY"]]);
  assert.deepEqual([none, all, flagged([true, []])], [true, false, false]);
});
