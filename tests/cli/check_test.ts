import assert from "node:assert/strict";
import { join } from "node:path";
import { theory, workFolder } from "./theory.ts";

const BROKEN = `$processor: llm/litellm@1
schema: v1
params:
  messages:
    - role: usr
      content: [{$attach: phto}]
$attachments:
  photo: photo.png
`;

async function broken(dir: string): Promise<void> {
  await Deno.writeTextFile(join(dir, "broken.yaml"), BROKEN);
  await Deno.writeTextFile(join(dir, "photo.png"), "");
}

Deno.test("check shows each mistake with its line, a caret and what was expected", async () => {
  await using folder = await workFolder();
  await broken(folder.dir);
  const printed = await theory(["check", "broken.yaml"], { cwd: folder.dir });
  assert.equal(printed.code, 3);
  assert.match(printed.stdout, /^broken\.yaml:5:13: error ERR_VALUE /m);
  assert.match(printed.stdout, /^ +5 \| +- role: usr\n +\| +\^~~$/m);
  assert.match(printed.stdout, /did you mean "user"/);
  assert.match(
    printed.stdout,
    /^broken\.yaml:6:17: hint HINT_ATTACH_UNDECLARED .*"photo"/m,
  );
  assert.equal(printed.stderr, "");
});

Deno.test("check says the same in text, json, github and sarif", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  await broken(cwd);
  const report = async (format: string) => {
    const printed = await theory(["check", "broken.yaml", "--format", format], {
      cwd,
    });
    assert.equal(printed.code, 3);
    return printed.stdout;
  };
  const json: { code: string }[] = JSON.parse(await report("json"));
  const codes = json.map(({ code }) => code);
  assert.ok(codes.length >= 2);
  const sarif = JSON.parse(await report("sarif"));
  assert.deepEqual(
    sarif.runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId),
    codes,
  );
  const github = (await report("github")).trimEnd().split("\n");
  assert.deepEqual(
    github.map((line) => /title=([A-Z_]+)/.exec(line)?.[1]),
    codes,
  );
  const text = await report("text");
  assert.deepEqual(
    [...text.matchAll(/^broken\.yaml:\d+:\d+: \w+ ([A-Z_]+)/gm)].map((match) =>
      match[1]
    ),
    codes,
  );
});

Deno.test("check takes several files, registry entries and standard input together", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  await broken(cwd);
  await Deno.writeTextFile(
    join(cwd, "registry.yaml"),
    "ref: demo/x@1\ninputs: 3\n",
  );
  const printed = await theory(
    ["check", "broken.yaml", "registry.yaml", "-", "--json"],
    { cwd, stdin: '{"schema":"v2","params":{}}' },
  );
  assert.equal(printed.code, 3);
  const files: { file: string }[] = JSON.parse(printed.stdout);
  assert.deepEqual([...new Set(files.map(({ file }) => file))], [
    "broken.yaml",
    "registry.yaml",
    "<stdin>",
  ]);
});

Deno.test("check without findings is silent on standard output and succeeds", async () => {
  const printed = await theory(["check", "docs/examples/describe.yaml"], {
    cwd: join(import.meta.dirname ?? ".", "../.."),
  });
  assert.deepEqual(printed, {
    code: 0,
    stdout: "",
    stderr: "No problems in 1 document\n",
  });
});
