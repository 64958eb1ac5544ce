import assert from "node:assert/strict";
import type { ProgramChoice } from "../../../adapters/programs/program_spec.ts";
import {
  argvOf,
  programSpec,
} from "../../../adapters/programs/program_spec.ts";
import { entryWith } from "../entry_fixture.ts";

const IMAGE = { hasEntrypoint: true, workingDir: "/app" };

function choice(more: Partial<ProgramChoice> = {}): ProgramChoice {
  return {
    entry: entryWith([]),
    mode: "mock",
    name: "theory-demo-run-1",
    image: IMAGE,
    imageId: "sha256:1",
    labels: { "theory.run": "1" },
    digest: "sha256:2",
    reference: "demo@sha256:2",
    token: "",
    secrets: new Map([["DEMO_KEY", "sk-very-secret"]]),
    runsDir: "/state/run/artifacts",
    workDir: "/state/run/work",
    owner: { uid: 1000, gid: 1000 },
    port: 0,
    engine: { cpus: 2, users: "same", selinux: false, init: true },
    argv: ["--inputs", "/work/inputs.json"],
    ...more,
  };
}

Deno.test("programSpec() gives a mock run neither network nor secrets", () => {
  const { HostConfig, Env, ExposedPorts } = programSpec(choice());
  assert.equal(HostConfig.NetworkMode, "none");
  assert.deepEqual([HostConfig.PortBindings, ExposedPorts], [{}, {}]);
  assert.ok(Env.includes("LLM_PROVIDER=mock"));
  assert.ok(!JSON.stringify(Env).includes("sk-very-secret"));
});

Deno.test("programSpec() gives a real run its secrets, and publishes nothing", () => {
  const { HostConfig, Env } = programSpec(choice({ mode: "real" }));
  assert.equal(HostConfig.NetworkMode, undefined);
  assert.deepEqual(HostConfig.PortBindings, {});
  assert.ok(Env.includes("DEMO_KEY=sk-very-secret"));
  assert.ok(!Env.includes("LLM_PROVIDER=mock"));
});

Deno.test("programSpec() confines a program as a server", () => {
  const { HostConfig, User } = programSpec(choice());
  assert.equal(User, "1000:1000");
  assert.deepEqual(HostConfig.CapDrop, ["ALL"]);
  assert.equal(HostConfig.ReadonlyRootfs, true);
});

Deno.test("programSpec() runs the program of an image without an entry point where that is", () => {
  const image = { ...IMAGE, hasEntrypoint: false };
  assert.deepEqual(programSpec(choice({ image })).Cmd, [
    ...["python", "/app/main.py"],
    ...["--inputs", "/work/inputs.json"],
  ]);
});

Deno.test("programSpec() leaves /work to an image that has its program there", () => {
  const image = { ...IMAGE, workingDir: "/work" };
  const { Env, HostConfig } = programSpec(choice({ image }));
  assert.ok(Env.includes("THEORY_OUTPUT_DIR=/tmp/execution/out"));
  assert.deepEqual(HostConfig.Mounts.map(({ Target }) => Target), [
    "/artifacts",
    "/tmp/execution",
  ]);
  const argv = argvOf({
    image,
    writePrefix: "/artifacts/x/",
    executionId: "R1",
  });
  assert.deepEqual(argv, [
    ...["--inputs", "/tmp/execution/inputs.json"],
    ...["--write-prefix", "/artifacts/x/", "--execution-id", "R1"],
  ]);
});
