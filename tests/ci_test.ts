import assert from "node:assert/strict";

const CI = new URL("../.ci/", import.meta.url);
const CHECKOUT = new URL("ci/testdata/checkout/", import.meta.url);

Deno.test(".ci/run counts the tests once and passes", async () => {
  const { code, lines } = await ciRun({});
  assert.equal(lines.at(-1), "4 passed, 0 failed");
  assert.deepEqual(lines.filter(isProblem), []);
  assert.equal(code, 0);
});

Deno.test(".ci/run fails with a failing test, and counts it", async () => {
  const { code, lines } = await ciRun({
    "tests/containers/more_test.ts":
      'Deno.test("five", () => { throw new Error(); });\n',
  });
  assert.equal(lines.at(-1), "4 passed, 1 failed");
  assert.deepEqual(lines.filter(isProblem), [
    "Problem: The second command failed",
  ]);
  assert.equal(code, 1);
});

Deno.test(".ci/run fails when what is not tests fails, and runs no test then", async () => {
  const { code, lines } = await ciRun({
    "deno.json": '{"tasks":{"ok:static":"false"}}',
  });
  assert.deepEqual(lines.filter(isProblem), [
    "Problem: deno task ok:static failed",
  ]);
  assert.equal(lines.at(-1), "0 passed, 0 failed");
  assert.equal(code, 1);
});

Deno.test(".ci/run fails when a test is ignored", async () => {
  const { code, lines } = await ciRun({
    "tests/more_test.ts": 'Deno.test.ignore("five", () => {});\n',
  });
  assert.equal(lines.at(-1), "4 passed, 0 failed");
  assert.deepEqual(lines.filter(isProblem), ["Problem: 1 tests were ignored"]);
  assert.equal(code, 1);
});

Deno.test(".ci/run fails when no test runs", async () => {
  const { code, lines } = await ciRun({
    "deno.json": '{"tasks":{"ok:static":"true","test":"true"}}',
  });
  assert.equal(lines.at(-1), "0 passed, 0 failed");
  assert.match(lines.find(isProblem) ?? "", /Found 0 summaries/);
  assert.equal(code, 1);
});

Deno.test(".ci/run fails when README.md shows another output", async () => {
  const readme = await Deno.readTextFile(new URL("README.md", CHECKOUT));
  const { code, lines } = await ciRun({
    "README.md": readme.replace('"success"}', '"success" }'),
  });
  assert.equal(lines.at(-1), "4 passed, 0 failed");
  assert.match(
    lines.find(isProblem) ?? "",
    /did not print what README.md shows/,
  );
  assert.equal(code, 1);
});

Deno.test(".ci/run fails when the first command prints an error envelope", async () => {
  const { code, lines } = await ciRun({
    "main.ts": `console.log('{"execution_id":"","status":"error"}');\n`,
  });
  assert.match(
    lines.find(isProblem) ?? "",
    /did not print what README.md says/,
  );
  assert.equal(code, 1);
});

for (
  const [ci, place, expected] of [
    ["", "on the machine of a user", 0],
    ["true", "where all must run, and fails", 1],
  ] as const
) {
  Deno.test(`the tests of containers say why they are left out ${place}`, async () => {
    const runner = new URL("containers/run.ts", import.meta.url).href;
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "-A", runner],
      clearEnv: true,
      env: { PATH: "/nowhere", HOME: Deno.env.get("HOME") ?? "", CI: ci },
    }).output();
    const lines = new TextDecoder().decode(stderr).trimEnd().split("\n");
    assert.match(lines[0] ?? "", /^Left out the tests of containers/);
    assert.ok(
      lines.length > 1 &&
        lines.slice(1).every((line) => /^ {2}needs /.test(line)),
    );
    assert.equal(code, expected);
  });
}

/** Runs it in a checkout made of the test data, with some files in place of others. */
async function ciRun(changes: Readonly<Record<string, string>>) {
  const folder = await Deno.makeTempDir();
  try {
    await copy(CHECKOUT, folder);
    await copy(CI, `${folder}/.ci`);
    for (const [path, text] of Object.entries(changes)) {
      await Deno.writeTextFile(`${folder}/${path}`, text);
    }
    const programs = await standIns(folder);
    const deno = Deno.execPath().slice(0, -"/deno".length);
    const { code, stdout } = await new Deno.Command(`${folder}/.ci/run`, {
      env: { PATH: `${programs}:${deno}:${Deno.env.get("PATH")}` },
      stderr: "null",
    }).output();
    return {
      code,
      lines: new TextDecoder().decode(stdout).trimEnd().split("\n"),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** In place of the shells, the browser and the engines that it would install. */
async function standIns(folder: string): Promise<string> {
  const dir = `${folder}/stand_ins`;
  await Deno.mkdir(dir);
  const names = ["zsh", "fish", "script", "chromium", "dockerd", "podman"];
  for (
    const name of [...names, "debootstrap", "docker-registry", "iptables", "ip"]
  ) {
    await Deno.writeTextFile(`${dir}/${name}`, "#!/bin/sh\n", { mode: 0o755 });
  }
  return dir;
}

async function copy(from: URL, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copy(new URL(`${name}/`, from), `${to}/${name}`);
    else await Deno.copyFile(new URL(name, from), `${to}/${name}`);
  }
}

function isProblem(line: string): boolean {
  return line.startsWith("Problem: ");
}
