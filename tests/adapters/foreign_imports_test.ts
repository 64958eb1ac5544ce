import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { Failure } from "../../schemas/mod.ts";
import { openLocal, textOf } from "./local_fixture.ts";
import type { Local } from "./local_fixture.ts";

type Files = Readonly<Record<string, string>>;

/** Puts files into the registry of a processor, which is not one of the shipped ones. */
async function write({ sandbox }: Local, files: Files): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = join(sandbox.root, "registry", path);
    await Deno.mkdir(dirname(file), { recursive: true });
    await Deno.writeTextFile(file, text);
  }
}

/** A handler that writes what `expression` is. */
function handler(imports: string, expression: string): string {
  return `${imports}
import type { Run } from "theoryctl/handler";
export async function handle(run: Run): Promise<void> {
  await run.write("response.txt", String(${expression}));
}
`;
}

const PACKAGE = "npm:canonicalize@5.1.0";
const CANONICAL = "canonicalize({ b: 1, a: 2 })";
const LIBRARY = "export const word: string = 'shared';\n";

const WORKING: Readonly<Record<string, { files: Files; text: string }>> = {
  "an npm package by its address": {
    files: {
      "demo/hello/1/handler.ts": handler(
        `import canonicalize from "${PACKAGE}";`,
        CANONICAL,
      ),
    },
    text: '{"a":2,"b":1}',
  },
  "an npm package by a name of the registry's deno.json": {
    files: {
      "deno.json": JSON.stringify({ imports: { canon: PACKAGE } }),
      "demo/hello/1/handler.ts": handler(
        'import canonicalize from "canon";',
        CANONICAL,
      ),
    },
    text: '{"a":2,"b":1}',
  },
  "a file by a name of a deno.jsonc with comments": {
    files: {
      "deno.jsonc": '{\n  // Names.\n  "imports": { "lib/": "./lib/" }\n}\n',
      "lib/word.ts": LIBRARY,
      "demo/hello/1/handler.ts": handler(
        'import { word } from "lib/word.ts";',
        "word",
      ),
    },
    text: "shared",
  },
  "a name that its own deno.json gives another meaning than the toolkit": {
    files: {
      "demo/hello/1/deno.json": '{"imports":{"canonicalize":"./mine.ts"}}',
      "demo/hello/1/mine.ts": "export default () => 'mine';\n",
      "demo/hello/1/handler.ts": handler(
        'import canonicalize from "canonicalize";',
        "canonicalize()",
      ),
    },
    text: "mine",
  },
};

for (const [what, { files, text }] of Object.entries(WORKING)) {
  for (const where of ["an ephemeral sandbox", "an instance"]) {
    Deno.test(`A handler from elsewhere imports ${what} in ${where}`, async () => {
      await using local = await openLocal();
      await write(local, files);
      if (where === "an instance") await local.sandbox.start();
      const envelope = await local.invoke({});
      assert.equal(await textOf(local, envelope, "response.txt"), text);
    });
  }
}

Deno.test("A handler from elsewhere that cannot be loaded is an error envelope, not a failed start", async () => {
  await using local = await openLocal();
  await write(local, {
    "demo/hello/1/handler.ts": handler('import x from "nowhere";', "x"),
  });
  const envelope = await local.invoke({});
  assert.ok(envelope.status === "error");
  assert.match(envelope.error.message, /nowhere/);
});

const BROKEN: Readonly<Record<string, string>> = {
  "no JSON": "{",
  "imports that are a list": '{"imports":["a"]}',
  "an address that is a number": '{"imports":{"a":1}}',
};

for (const [what, text] of Object.entries(BROKEN)) {
  Deno.test(`start() reports a deno.json with ${what} as ERR_START`, async () => {
    await using local = await openLocal();
    await write(local, { "deno.json": text });
    await assert.rejects(
      local.sandbox.start(),
      (error) =>
        error instanceof Failure && error.code === "ERR_START" &&
        error.message.includes("deno.json"),
    );
  });
}
