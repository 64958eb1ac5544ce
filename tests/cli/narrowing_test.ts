import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { probesBeyond } from "../../cli/exceeds.ts";
import { permissionFlags } from "../../cli/permission_sets.ts";
import type { Permissions } from "../../cli/world.ts";
import { ROOT } from "./request_of.ts";

const PROBE = join(import.meta.dirname ?? ".", "narrowing_probe.ts");

const SET = {
  read: [ROOT, "/tmp/some/inputs"],
  write: ["/tmp/some/state"],
  net: ["127.0.0.1"],
  run: ["deno"],
  env: ["THEORY_REGISTRY"],
} as const satisfies Permissions;

const EXACT = permissionFlags(SET);

/** The set, with all of one kind. */
function allOf(kind: string): readonly string[] {
  const flag = `--allow-${kind}`;
  return [...EXACT.filter((each) => !each.startsWith(flag)), flag];
}

async function probe(
  flags: readonly string[],
  set: Permissions,
  args: readonly string[] = [],
) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", ...flags, PROBE]
      .concat(JSON.stringify(set), args),
    cwd: ROOT,
    stdin: "null",
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

const GRANTED: readonly (readonly [string, readonly string[], boolean])[] = [
  ["nothing but the set", EXACT, false],
  ["a part of the set", ["--allow-net=127.0.0.1"], false],
  ["everything", ["--allow-all"], true],
  ["what -P names", ["--permission-set"], true],
  ["reading everything", allOf("read"), true],
  [
    "reading the folder above",
    [...EXACT, `--allow-read=${dirname(ROOT)}`],
    true,
  ],
  ["reading the root", [...EXACT, "--allow-read=/"], true],
  ["writing what is to be read", [...EXACT, `--allow-write=${ROOT}`], true],
  ["all hosts", allOf("net"), true],
  ["all programs", allOf("run"), true],
  ["the whole environment", allOf("env"), true],
  ["a secret", [...EXACT, "--allow-env=OPENAI_API_KEY"], true],
  ["system information", [...EXACT, "--allow-sys"], true],
  ["native libraries", [...EXACT, "--allow-ffi"], true],
];

for (const [what, flags, more] of GRANTED) {
  Deno.test(`exceeds() tells that ${what} is ${more ? "" : "not "}more than a set`, async () => {
    const { stdout, stderr } = await probe(flags, SET);
    assert.equal(stdout, `${more}`, stderr);
  });
}

Deno.test("runNarrowed() gives a command nothing beside the set, whatever is granted", async () => {
  const line = ["registry", "show", "llm/litellm@1"];
  const narrow = { read: [join(ROOT, "cli")] };
  const refused = await probe(["-A"], narrow, line);
  assert.equal(refused.code, 10, refused.stderr);
  assert.match(refused.stderr, /^error ERR_PERMISSION .*Requires read access/);
  const enough = await probe(["-A"], { read: [ROOT] }, line);
  assert.equal(enough.code, 0, enough.stderr);
  assert.match(enough.stdout, /llm\/litellm@1/);
});

Deno.test("probesBeyond() asks for folders above and around a set, none within", () => {
  const probes = probesBeyond(
    { read: ["in/../a", "/b/c"], write: ["/b/c/d"] },
    {
      cwd: "/w",
      usual: { net: ["127.0.0.1"], env: ["CI"] },
    },
  ).map(({ name, value }) => `${name} ${value}`);
  assert.deepEqual(probes, [
    ...["write /", "write /w", "write /w/a", "write /b", "write /b/c"],
    ...["read /", "read /w", "read /b", "net 127.0.0.1", "env CI"],
  ]);
});
