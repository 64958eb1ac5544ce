import assert from "node:assert/strict";
import type { EngineInfo } from "../../../adapters/containers/docker_api.ts";
import { engineFacts } from "../../../adapters/containers/engine_facts.ts";

const DOCKER = ["Engine", "containerd", "runc"];
const PODMAN = ["Podman Engine"];
const SECCOMP = "name=seccomp,profile=default";

function factsOf(info: EngineInfo, components: readonly string[]) {
  return engineFacts({
    info: () => Promise.resolve(info),
    version: () =>
      Promise.resolve({ Components: components.map((Name) => ({ Name })) }),
  });
}

Deno.test("engineFacts() tells how an engine maps users", async () => {
  const usersOf = async (info: EngineInfo, components: readonly string[]) =>
    (await factsOf(info, components)).users;
  const rootless = { SecurityOptions: [SECCOMP, "name=rootless"] };
  assert.equal(await usersOf({ SecurityOptions: [SECCOMP] }, DOCKER), "same");
  assert.equal(await usersOf(rootless, DOCKER), "root");
  assert.equal(await usersOf({ SecurityOptions: null }, PODMAN), "same");
  assert.equal(await usersOf(rootless, PODMAN), "keep-id");
  const older = { SecurityOptions: [SECCOMP], Rootless: true };
  assert.equal(await usersOf(older, PODMAN), "keep-id");
  assert.equal(await usersOf({ Rootless: false }, PODMAN), "same");
});

Deno.test("engineFacts() tells whether SELinux is at work", async () => {
  const SecurityOptions = [SECCOMP, "name=selinux"];
  assert.equal((await factsOf({ SecurityOptions }, PODMAN)).selinux, true);
  assert.equal((await factsOf({}, PODMAN)).selinux, false);
});

Deno.test("engineFacts() takes one core where an engine does not tell", async () => {
  assert.equal((await factsOf({ NCPU: 8 }, DOCKER)).cpus, 8);
  assert.equal((await factsOf({}, DOCKER)).cpus, 1);
});
