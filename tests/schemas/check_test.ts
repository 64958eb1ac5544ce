import assert from "node:assert/strict";
import {
  applyEdits,
  type Checked,
  type Diagnostic,
  hasErrors,
  inOrder,
  type Json,
  type Source,
  toJson,
} from "../../schemas/mod.ts";
import { isOk, parse } from "../../schemas/checker.ts";
import { check } from "../../schemas/check.ts";
import { contextFor, type Golden, goldens, readEntries } from "./golden.ts";

const OK = goldens("ok");
const ALL = [...OK, ...goldens("err")];

for (const golden of ALL) {
  Deno.test(`check() reports on ${folderOf(golden)}`, () => {
    assert.equal(golden.report, Deno.readTextFileSync(golden.outFile));
  });
}

Deno.test("check() finds no error in the documents that are right", () => {
  for (const { source, checked } of OK) {
    assert.ok(isOk(checked), source.name);
  }
});

Deno.test("check() finds an error in each document that is wrong", () => {
  for (const { source, checked } of goldens("err")) {
    assert.ok(hasErrors(checked.diagnostics), source.name);
    assert.ok(!isOk(checked), source.name);
  }
});

Deno.test("check() reports the examples of the seeds without errors", () => {
  const seeds = OK.filter(({ source }) => source.name.startsWith("seed_"));
  assert.equal(seeds.length, 10);
  for (const { source, checked } of seeds) {
    const codes = checked.diagnostics.map(({ code }) => code);
    const old = !source.text.includes('"schema"');
    assert.deepEqual(codes, old ? ["WARN_PAYLOAD_OLD"] : [], source.name);
  }
});

Deno.test("check() answers the same, in order of position and each finding once", () => {
  const again = [...goldens("ok"), ...goldens("err")];
  for (const [i, { source, checked: { diagnostics } }] of ALL.entries()) {
    assert.deepEqual(inOrder(diagnostics), diagnostics, source.name);
    assert.deepEqual(again[i]?.checked.diagnostics, diagnostics, source.name);
  }
});

Deno.test("check() keeps every position inside the document", () => {
  for (const { source, checked } of ALL) {
    for (const each of checked.diagnostics) {
      const edits = (each.fixes ?? []).flatMap((fix) => fix.edits);
      const related = each.related ?? [];
      for (const { span } of [each, ...edits, ...related]) {
        const { start, end } = span;
        const inside = 0 <= start && start <= end && end <= source.text.length;
        assert.ok(inside, `${source.name} ${each.code} ${start}-${end}`);
      }
    }
  }
});

Deno.test("check() offers fixes that put right what they are for and break nothing", () => {
  for (const { source, checked } of ALL) {
    for (const diagnostic of checked.diagnostics) {
      for (const fix of diagnostic.fixes ?? []) {
        const text = applyEdits(source.text, fix.edits);
        const name = `${source.name}: ${fix.title}`;
        assert.notEqual(text, source.text, name);
        if (checked.tree.complete) {
          const { problems, complete } = parse({ ...source, text });
          assert.ok(complete, `${name}\n${text}`);
          assert.ok(problems.length <= checked.tree.problems.length, name);
        }
      }
    }
  }
});

Deno.test("check() wraps an old payload into the very document that it stands for", () => {
  const old = ALL.flatMap(({ source, checked }) => {
    const warning = checked.diagnostics.find(isOldPayload);
    return warning === undefined ? [] : [{ source, checked, warning }];
  });
  assert.ok(old.length > 10);
  for (const { source, checked, warning } of old) {
    const { schema, params, ...rest } = fixed(source, warning);
    assert.equal(schema, "v1", source.name);
    assert.deepEqual(params, checked.document?.payload["params"], source.name);
    const before = toJson(rootOf(source)) as Readonly<Record<string, Json>>;
    for (const [key, value] of Object.entries(rest)) {
      assert.deepEqual(value, before[key], source.name);
    }
    const after = applyEdits(source.text, warning.fixes?.[0]?.edits ?? []);
    const entries = readEntries();
    const again = check({ ...source, text: after }, contextFor(entries));
    assert.ok(!again.diagnostics.some(isOldPayload), after);
  }
});

Deno.test("check() says nothing but what is wrong with the text while it cannot be read", () => {
  const text = '{"schema": "v2", "params": {"a": ';
  const { diagnostics } = checkText(text);
  assert.deepEqual(diagnostics.map(({ code }) => code), ["ERR_SYNTAX"]);
});

Deno.test("check() understands a document as far as it can be read", () => {
  const text = '{"$processor": "test/chat@1", "mode": "real", "params": {"a": ';
  const { document } = checkText(text);
  assert.equal(document?.ref, "test/chat@1");
  assert.equal(document?.entry?.ref, "test/chat@1");
  assert.equal(document?.mode, "real");
});

Deno.test("check() takes the directives out of the payload and leaves $attach in place", () => {
  const { document } = checkText(JSON.stringify({
    $schema: "x",
    $processor: "test/chat@1",
    $attachments: { a: "dir/a.png" },
    schema: "v1",
    mode: "mock",
    params: { messages: [{ content: [{ $attach: "a" }] }] },
  }));
  assert.deepEqual(document?.payload, {
    schema: "v1",
    params: { messages: [{ content: [{ $attach: "a" }] }] },
  });
  assert.deepEqual(document?.attachments, [
    { name: "a", path: "dir/a.png", from: "document" },
  ]);
  assert.deepEqual(document?.uses.map(({ name, pointer }) => [name, pointer]), [
    ["a", "/params/messages/0/content/0"],
  ]);
});

Deno.test("check() keeps the mode in the payload where the processor declares it", () => {
  const text = '{"schema":"v1","mode":"mock","params":{"a":1}}';
  const own = checkText(text, { ref: "test/modes@1" }).document;
  assert.deepEqual(own?.payload["mode"], "mock");
  const given = { ref: "test/modes@1", mode: "real" } as const;
  assert.deepEqual(checkText(text, given).document?.payload["mode"], "real");
});

Deno.test("check() lets the caller's ref win over the document's", () => {
  const text = '{"schema":"v1","$processor":"test/none@1","params":{"a":1}}';
  const checked = checkText(text, { ref: "test/modes@1", mode: "mock" });
  assert.equal(checked.document?.ref, "test/modes@1");
  assert.deepEqual(checked.diagnostics, []);
});

Deno.test("check() asks for the files that are used, each from where it is declared", () => {
  const asked: string[] = [];
  checkText(
    '{"schema":"v1","$attachments":{"a":"a.txt","unused":"u.txt"},"params":{"x":[{"$attach":"a"},{"$attach":"b"},{"$attach":"a"}]}}',
    {
      attachments: new Map([["b", "b.txt"]]),
      probe: (path, from) => {
        asked.push(`${from} ${path}`);
        return { kind: "unknown" };
      },
    },
  );
  assert.deepEqual(asked.sort(), ["command b.txt", "document a.txt"]);
});

Deno.test("check() never shows a secret", () => {
  const secret = "ghp_0123456789abcdefghijklmnopqrstuvwxyz";
  const { diagnostics } = checkText(
    JSON.stringify({
      schema: "v1",
      params: {
        messages: secret,
        model: { [secret]: secret },
        tags: [secret, secret],
      },
      [secret]: 1,
      mode: secret,
    }),
    { ref: "test/chat@1" },
  );
  assert.ok(diagnostics.some(({ code }) => code === "WARN_SECRET_VALUE"));
  const messages = diagnostics.map(({ message, expected }) =>
    message + expected
  );
  assert.ok(!messages.join("\n").includes(secret), messages.join("\n"));
});

function checkText(
  text: string,
  changes: Parameters<typeof contextFor>[1] = {},
): Checked {
  const source = { name: "inputs.json", text, language: "json" } as const;
  return check(source, contextFor(readEntries(), changes));
}

function folderOf({ outFile }: Golden): string {
  return outFile.pathname.split("/").slice(-2).join("/").replace(/\.out$/, "");
}

function isOldPayload({ code }: Diagnostic): boolean {
  return code === "WARN_PAYLOAD_OLD";
}

function rootOf(source: Source) {
  const { root } = parse(source);
  assert.ok(root);
  return root;
}

function fixed(
  source: Source,
  { fixes }: Diagnostic,
): Readonly<Record<string, Json>> {
  const text = applyEdits(source.text, fixes?.[0]?.edits ?? []);
  return toJson(rootOf({ ...source, text })) as Readonly<Record<string, Json>>;
}
