import assert from "node:assert/strict";
import { join } from "node:path";
import { everythingIn, formsOf } from "./every_place.ts";
import { WAYS } from "./testdata/leaky/demo/leaky/1/handler.ts";
import { envelopeOf, theory, workFolder } from "./theory.ts";

/** With characters that JSON, addresses and regular expressions write otherwise. */
const SECRET = 'tok-"marked" (8f3a+7c21)=d094?';

const SECRETS = {
  "of many characters": SECRET,
  "of several lines":
    "-----BEGIN MARKED KEY-----\nMIIEvQIBADANBg+8f3a/7c21==\n-----END MARKED KEY-----\n",
  "of digits": "4929384756102938",
};

const REGISTRY = join(import.meta.dirname ?? ".", "testdata/leaky");
const REF = ["--ref", "demo/leaky@1"];

async function start(cwd: string, secret = SECRET): Promise<void> {
  const started = await theory(
    ["localctl", "start", ...REF, "--registry", REGISTRY],
    { cwd, env: { LEAK_TOKEN: secret } },
  );
  assert.equal(started.code, 0, started.stderr);
}

function run(way: string, cwd: string) {
  const inputs = JSON.stringify({ schema: "v1", params: { way } });
  return theory([
    ...["localctl", "run", ...REF, "--registry", REGISTRY, "--mode", "real"],
    ...["--inputs-json", inputs, "--stream", "--save-dir", "out"],
    ...["--execution-id", way],
  ], { cwd });
}

for (const [which, secret] of Object.entries(SECRETS)) {
  Deno.test(`localctl run never tells a secret ${which}, however its handler tries`, async () => {
    await using folder = await workFolder();
    const { dir: cwd } = folder;
    await start(cwd, secret);
    const forms = formsOf(secret.trim());
    const leaks: string[] = [];
    for (const way of Object.keys(WAYS)) {
      const { stdout, stderr } = await run(way, cwd);
      const logs = await theory(["localctl", "logs", ...REF], { cwd });
      const texts = [stdout, stderr, logs.stdout, await everythingIn(cwd)];
      texts.forEach((text, i) => {
        const place = ["stdout", "stderr", "the log", "the folder"][i];
        const found = forms.filter((form) => text.includes(form));
        if (found.length > 0) leaks.push(`${way}: ${found} in ${place}`);
      });
      // Pieces that a reader puts together.
      const shown = stderr.matchAll(
        /"kind":"Token","content":\{"text":(".*?")\}/g,
      )
        .map(([, text = ""]) => JSON.parse(text)).toArray().join("");
      if (shown.includes(secret)) leaks.push(`${way}: tokens`);
      const wrong = linesOf(logs.stdout).filter((line) => !isJson(line));
      if (wrong.length > 0) leaks.push(`${way}: no JSON in the log: ${wrong}`);
    }
    assert.deepEqual(leaks, []);
  });
}

function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

Deno.test("localctl run refuses outputs whose names hold a secret", async () => {
  await using folder = await workFolder();
  await start(folder.dir);
  for (const way of ["names_a_file", "names_a_folder"]) {
    const printed = await run(way, folder.dir);
    assert.equal(printed.code, 1, printed.stderr);
    assert.equal(envelopeOf(printed).error?.code, "ERR_OUTPUT_UNSAFE");
  }
});

Deno.test("localctl run shows tokens around a secret that comes in pieces", async () => {
  await using folder = await workFolder();
  await start(folder.dir);
  const printed = await run("shows_two_tokens", folder.dir);
  assert.equal(printed.code, 0, printed.stderr);
  const texts = printed.stderr.split("\n")
    .filter((line) => line.includes('"Token"'))
    .map((line) => JSON.parse(line).content.text);
  assert.equal(texts.join(""), "key *** shown");
});

Deno.test("localctl run keeps what a handler writes into an output as it is", async () => {
  await using folder = await workFolder();
  await start(folder.dir);
  const printed = await run("writes", folder.dir);
  const [output] = envelopeOf(printed).outputs ?? [];
  assert.equal(
    await Deno.readTextFile(join(folder.dir, "out", output?.path ?? "")),
    SECRET,
  );
});
