import assert from "node:assert/strict";
import { join } from "node:path";
import { envelopeOf, theory, workFolder } from "./theory.ts";

const SHIPPED = ["llm/litellm@1", "replicate/generic@1"];

Deno.test("registry list and show tell what is shipped", async () => {
  const list = JSON.parse(
    (await theory(["registry", "list", "--json"])).stdout,
  );
  assert.deepEqual(list.map(({ ref }: { ref: string }) => ref), SHIPPED);
  for (const ref of SHIPPED) {
    const { stdout } = await theory(["registry", "show", ref]);
    assert.match(stdout, /Secrets .*(OPENAI_API_KEY|REPLICATE_API_TOKEN)/);
    const entry = JSON.parse(
      (await theory(["registry", "show", ref, "--json"])).stdout,
    );
    assert.equal(entry.ref, ref);
    const schema = JSON.parse(
      (await theory(["registry", "schema", ref])).stdout,
    );
    assert.deepEqual(schema, entry.inputs);
  }
});

Deno.test("registry example prints a document that check takes and run runs", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  for (const ref of SHIPPED) {
    const { stdout } = await theory(["registry", "example", ref]);
    const checked = await theory(["check", "-"], { cwd, stdin: stdout });
    assert.equal(checked.code, 0, checked.stdout);
    const run = await theory(["localctl", "run", "--inputs", "-"], {
      cwd,
      stdin: stdout,
    });
    assert.equal(run.code, 0, run.stderr);
  }
});

Deno.test("registry new makes a processor that runs at once", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  const made = await theory(
    ["registry", "new", "demo/hello@1", "--dir", "own"],
    { cwd },
  );
  assert.equal(made.code, 0, made.stderr);
  assert.equal(
    (await theory(["registry", "validate", "--registry", "own"], { cwd })).code,
    0,
  );
  const inputs = "own/demo/hello/1/inputs.example.json";
  const run = await theory([
    "localctl",
    "run",
    "--registry",
    "own",
    "--inputs-file",
    inputs,
  ], { cwd });
  assert.equal(run.code, 0, run.stderr);
  assert.equal(envelopeOf(run).status, "success");

  const again = await theory([
    "registry",
    "new",
    "demo/hello@1",
    "--dir",
    "own",
    "--json",
  ], { cwd });
  assert.equal(again.code, 2);
  assert.equal(JSON.parse(again.stdout).error.code, "ERR_EXISTS");
  assert.equal(
    (await theory(["registry", "new", "Demo/hello"], { cwd })).code,
    2,
  );
});

Deno.test("registry new prints a line that runs with exactly the permissions in it", async () => {
  await using folder = await workFolder();
  const made = await theory(["registry", "new", "demo/hello@1"], {
    cwd: folder.dir,
  });
  const line = /^Run it: (.+)$/m.exec(made.stderr)?.[1] ?? "";
  const { code, stdout, stderr } = await new Deno.Command("bash", {
    args: ["-c", line.replace("deno run", "deno run --no-prompt")],
    cwd: folder.dir,
    stdin: "null",
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  assert.equal(JSON.parse(new TextDecoder().decode(stdout)).status, "success");
});

Deno.test("registry roots are searched in order: flags, THEORY_REGISTRY, shipped", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  for (const [root, title] of [["a", "from a"], ["b", "from b"]] as const) {
    await theory(["registry", "new", "demo/hello@1", "--dir", root], { cwd });
    const file = join(cwd, root, "demo/hello/1/registry.yaml");
    const text = await Deno.readTextFile(file);
    await Deno.writeTextFile(
      file,
      text.replace(/^title: .*$/m, `title: ${title}`),
    );
  }
  const titleOf = async (args: readonly string[]) => {
    const printed = await theory([
      "registry",
      "show",
      "demo/hello@1",
      "--json",
      ...args,
    ], {
      cwd,
      env: { THEORY_REGISTRY: "b" },
    });
    return JSON.parse(printed.stdout).title;
  };
  assert.equal(await titleOf([]), "from b");
  assert.equal(await titleOf(["--registry", "a"]), "from a");
});

Deno.test("registry validate reports each problem with its line", async () => {
  await using folder = await workFolder();
  const { dir: cwd } = folder;
  await theory(["registry", "new", "demo/hello@1"], { cwd });
  const file = join(cwd, "registry/demo/hello/1/registry.yaml");
  const text = await Deno.readTextFile(file);
  await Deno.writeTextFile(
    file,
    text.replace("ref: demo/hello@1", "ref: demo/helo@1\nhandlr: x"),
  );
  const printed = await theory(
    [
      "registry",
      "validate",
      "demo/hello@1",
      "--registry",
      "registry",
      "--format",
      "json",
    ],
    { cwd },
  );
  assert.equal(printed.code, 3);
  const findings: { code: string; range: { start: { line: number } } }[] = JSON
    .parse(printed.stdout);
  assert.deepEqual(
    findings.map(({ code, range }) => [code, range.start.line]),
    [["ERR_ENTRY_REF_FOLDER", 1], ["ERR_KEY_UNKNOWN", 2]],
  );
  const run = await theory(
    [
      "localctl",
      "run",
      "--registry",
      "registry",
      "--ref",
      "demo/hello@1",
      "--inputs-json",
      "{}",
    ],
    { cwd },
  );
  assert.equal(run.code, 3);
  assert.equal(envelopeOf(run).error?.code, "ERR_REGISTRY_ENTRY");
});

Deno.test("registry show suggests the ref that was meant, and refuses a root that is not there", async () => {
  const near = await theory(["registry", "show", "llm/litelm@1"]);
  assert.equal(near.code, 2);
  assert.match(near.stderr, /llm\/litellm@1/);
  const gone = await theory([
    "registry",
    "list",
    "--registry",
    "/no/such/root",
    "--json",
  ]);
  assert.equal(gone.code, 2);
  assert.equal(JSON.parse(gone.stdout).error.code, "ERR_REGISTRY_ROOT");
});
