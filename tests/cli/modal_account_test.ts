import assert from "node:assert/strict";
import { runCli } from "../../cli/mod.ts";
import { plainWorld } from "./plain_world.ts";

const FILE = "/somebody/.modal.toml";

/** Two whole profiles, of which the second is active. */
const TWO = `[default]
token_id = "ak-first"
token_secret = "as-first"

[work]
token_id = "ak-second"
token_secret = "as-second"
environment = "staging"
active = true
`;

/** What the command prints with an environment and a configuration file. */
async function account(
  env: Readonly<Record<string, string>>,
  toml?: string,
  args: readonly string[] = [],
) {
  const all: Record<string, string> = { HOME: "/somebody", ...env };
  const place = all["MODAL_CONFIG_PATH"] ?? FILE;
  const { world, out, err } = plainWorld(["modalctl", "account", ...args], {
    env: (name) => all[name],
  });
  const bytes = new TextEncoder().encode(toml);
  const code = await runCli({
    ...world,
    files: {
      ...world.files,
      probe: (path) =>
        path === place && toml !== undefined
          ? { kind: "file", size: bytes.length }
          : { kind: "missing" },
      read: () => Promise.resolve(bytes),
    },
  });
  // Whatever happens, nothing of a token is shown.
  assert.doesNotMatch(`${out()}${err()}`, /a[ks]-/);
  return { code, out: out(), err: err() };
}

/** The rows of the table, without their titles. */
async function rows(...given: Parameters<typeof account>): Promise<string[]> {
  const { code, out, err } = await account(...given);
  assert.equal(code, 0, err);
  return out.trimEnd().split("\n").map((line) => line.slice(14));
}

Deno.test("modalctl account takes the active profile", async () => {
  assert.deepEqual(await rows({}, TWO), [
    'set, from token_id of profile "work"',
    'set, from token_secret of profile "work"',
    'staging, from environment of profile "work"',
    `work, from active in ${FILE}`,
  ]);
});

Deno.test("modalctl account takes the profile that MODAL_PROFILE names", async () => {
  assert.deepEqual(await rows({ MODAL_PROFILE: "default" }, TWO), [
    'set, from token_id of profile "default"',
    'set, from token_secret of profile "default"',
    "the default of the workspace",
    "default, from MODAL_PROFILE",
  ]);
});

Deno.test("modalctl account prefers the environment to the file, and --env to both", async () => {
  const env = {
    MODAL_TOKEN_ID: "ak-third",
    MODAL_TOKEN_SECRET: "as-third",
    MODAL_ENVIRONMENT: "main",
  };
  assert.deepEqual(await rows(env, TWO), [
    "set, from MODAL_TOKEN_ID",
    "set, from MODAL_TOKEN_SECRET",
    "main, from MODAL_ENVIRONMENT",
    `work, from active in ${FILE}`,
  ]);
  const [, , environment] = await rows(env, TWO, ["--env", "dev"]);
  assert.equal(environment, "dev, from --env");
});

Deno.test("modalctl account reads the file that MODAL_CONFIG_PATH names", async () => {
  const profile = (await rows({ MODAL_CONFIG_PATH: "/else.toml" }, TWO)).at(-1);
  assert.equal(profile, "work, from active in /else.toml");
});

Deno.test("modalctl account says what is right but may surprise", async () => {
  const lone = TWO.slice(0, TWO.indexOf("[work]"));
  const both = { MODAL_TOKEN_ID: "ak-1", MODAL_TOKEN_SECRET: "as-1" };
  const cases = [
    [{}, lone, /Profile "default" is not marked active/],
    [{ MODAL_TOKEN_ID: "ak-1" }, TWO, /come from different places/],
    [{ MODAL_TOKEN_ID: "" }, TWO, /MODAL_TOKEN_ID is set to nothing/],
    [{ ...both, MODAL_PROFILE: "wrok" }, TWO, /did you mean "work"/],
  ] as const;
  for (const [env, toml, note] of cases) {
    const { code, err } = await account(env, toml);
    assert.equal(code, 0);
    assert.match(err, note);
    assert.equal(err.split("\n").length, 2, err);
  }
  assert.equal((await account(both, TWO)).err, "");
});

Deno.test("modalctl account without a whole token exits with 4 and says where it looked", async () => {
  const cases = [
    [{}, undefined, `there is no file "${FILE}"`],
    [{ HOME: "" }, undefined, "neither MODAL_CONFIG_PATH nor HOME says"],
    [{}, "[work]\ntoken_id = 'ak-1'\n", `no profile of "${FILE}" is active`],
    [{}, "[default]\ntoken_id = 'ak-1'\n", 'profile "default" of'],
    [
      {},
      "[default]\ntoken_secret = 1\n",
      "has no token_id and no token_secret",
    ],
    [{ MODAL_PROFILE: "wrok" }, TWO, 'did you mean "work"'],
  ] as const;
  for (const [env, toml, expected] of cases) {
    const { code, err, out } = await account(env, toml, ["--json"]);
    assert.equal(code, 4, err);
    assert.ok(err.includes(expected), err);
    const { error } = JSON.parse(out);
    assert.equal(error.code, "ERR_MISSING_SECRET");
    assert.ok(error.details.missing.includes("MODAL_TOKEN_SECRET"));
  }
});

Deno.test("modalctl account says where a broken file is broken, and not what is in it", async () => {
  const { code, err } = await account({}, `${TWO}\ntoken_secret = as-broken\n`);
  assert.equal(code, 4);
  assert.match(
    err,
    /ERR_MODAL_CONFIG .*modal\.toml": line 11, column \d+ is no TOML$/m,
  );
});

Deno.test("modalctl account --json holds places, names and notes alone", async () => {
  const toml = TWO.replace('"staging"', '"as-second"');
  const { out } = await account({}, toml, ["--json"]);
  assert.deepEqual(JSON.parse(out), {
    status: "success",
    token_id: { from: 'token_id of profile "work"' },
    token_secret: { from: 'token_secret of profile "work"' },
    environment: { name: "***", from: 'environment of profile "work"' },
    profile: { name: "work", from: `active in ${FILE}` },
    notes: [],
  });
});
