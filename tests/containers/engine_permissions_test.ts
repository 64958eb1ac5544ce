import assert from "node:assert/strict";
import { join } from "node:path";
import { permissionFlags } from "../../cli/permission_sets.ts";
import { declaredBy } from "../../cli/permissions.ts";
import { excessOf, narrowedExcess, readAudit } from "../cli/audit.ts";
import { documented, installation } from "../cli/installation.ts";
import { requestOf, ROOT } from "../cli/request_of.ts";
import { NO_LOGINS, theory } from "../cli/theory.ts";
import { eachEngine } from "./each_engine.ts";
import { PROBE, probeGround, requireCode } from "./probe_ground.ts";

const REF = ["--ref", PROBE];
const REGISTRY = ["--registry", "registry"];

/** Each finds what the one before it left. */
const LINES = [
  ["start", ...REF, ...REGISTRY],
  ["status", ...REGISTRY, "--json"],
  ["url", ...REF],
  ["logs", ...REF],
  ["stop", ...REF],
  ["start", ...REF, ...REGISTRY, "--engine", "docker", "--hermetic"],
  ["start", ...REF, ...REGISTRY, "--hermetic"],
  ["status", ...REF, ...REGISTRY],
  ["stop", "--all"],
];

for (const grants of ["exact", "all"] as const) {
  eachEngine(
    `commands about containers touch what they declare, with ${grants} grants,`,
    async (engine) => {
      await using ground = await probeGround(engine);
      const { dir: cwd } = ground;
      const env = { ...NO_LOGINS, ...engine.env };
      const setting = { dir: cwd, env };
      const log = join(cwd, "audit.log");
      const wrong: string[] = [];
      for (const line of LINES) {
        const args = ["localctl", ...line];
        const request = await requestOf(args, setting);
        const declared = await declaredBy(request);
        await Deno.writeTextFile(log, "");
        const printed = await theory(args, {
          cwd,
          env: { ...env, DENO_AUDIT_PERMISSIONS: log },
          flags: grants === "all"
            ? ["-A"]
            : ["--no-prompt", ...permissionFlags(declared)],
        });
        requireCode(printed, 0);
        const accesses = await readAudit(log);
        const excess = grants === "all"
          ? narrowedExcess(accesses, request, { declared, cwd })
          : excessOf(accesses, declared, cwd);
        wrong.push(...excess.map((each) => `${args.join(" ")}: ${each}`));
      }
      assert.deepEqual(wrong, []);
    },
  );
}

eachEngine(
  "a command that may not talk to the engine prints the line with which it may",
  async (engine) => {
    await using ground = await probeGround(engine);
    requireCode(await ground.local("start"), 0);
    const args = ["localctl", "url", ...REF];
    const { dir: cwd } = ground;
    const env = engine.env;
    let flags: readonly string[] = ["--no-prompt"];
    // What names the engine may not be read at first, so that the usual places are asked for.
    for (let step = 1;; step++) {
      const printed = await theory(args, { cwd, env, flags });
      if (printed.code === 0) break;
      requireCode(printed, 10);
      assert.ok(step < 4, printed.stderr);
      const [, line = ""] =
        /^Run: deno run (.*) \S*main\.ts /m.exec(printed.stderr) ?? [];
      assert.notEqual(line, "", printed.stderr);
      flags = ["--no-prompt", ...line.split(" ")];
    }
    assert.ok(flags.join().includes(`unix:${engine.socket}`), flags.join(" "));
  },
);

eachEngine(
  "what docs/engines.md installs starts and stops a container",
  async (engine) => {
    await using ground = await probeGround(engine);
    await using place = await installation();
    const [line = ""] = await documented("install", "docs/engines.md");
    const install = line.replace("/var/run/docker.sock", engine.socket);
    assert.notEqual(install, line);
    assert.equal((await place.run(install, ROOT)).code, 0);
    const names = Object.entries(engine.env)
      .map(([name, value]) => `${name}=${value}`);
    for (const word of ["start", "url", "stop"]) {
      const words = ["theoryctl", "localctl", word, ...REF];
      const more = word === "start" ? REGISTRY : [];
      const typed = [...names, ...words, ...more].join(" ");
      requireCode(await place.run(typed, ground.dir), 0);
    }
    assert.deepEqual(await ground.left(), []);
  },
);
