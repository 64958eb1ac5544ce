import assert from "node:assert/strict";
import type { CodeAction, LSPAny } from "vscode-languageserver";
import type { AnyFeature, Feature } from "../../lsp/feature.ts";
import { codeActions } from "../../lsp/features/code_actions.ts";
import { codeLenses } from "../../lsp/features/code_lens.ts";
import { EXECUTE_COMMAND } from "../../lsp/features/execute_command.ts";
import type { Host, MockAnswer, MockRequest, View } from "../../lsp/mod.ts";
import { markedView } from "./marked_view.ts";
import { plainHost } from "./plain_host.ts";
import { ABLE, plainScope, toldWindow, UNABLE } from "./plain_scope.ts";

const HELLO =
  "schema: v1\n$processor: llm/litellm@1\nparams:\n  messages: [{role: user, content: Hello}]\n";
const SUCCESS = {
  status: "success",
  execution_id: "x",
  outputs: [{
    path: "/artifacts/outputs/llm_litellm/x/text/response.txt",
    cid: `b3:${"0".repeat(64)}`,
    size_bytes: 5,
    mime: "text/plain",
  }],
  index_path: "/artifacts/execution/x/outputs.json",
  meta: {},
};

type Execute = Feature<
  { command: string; arguments?: LSPAny[] },
  LSPAny,
  never,
  void,
  unknown
>;

Deno.test("runMock tells how a run ended, and what it was given is the document as it is in the editor", async () => {
  const asked: MockRequest[] = [];
  const { lines, result } = await executed("theoryctl.runMock", HELLO, {
    answer: { code: 0, envelope: SUCCESS, stderr: "" },
    asked,
  });
  assert.deepEqual(result, { code: 0, envelope: SUCCESS });
  assert.deepEqual(lines, [
    "begin Mock run of llm/litellm@1",
    "info: Mock run of llm/litellm@1: success, 1 output: text/response.txt (text/plain, 5 bytes)",
    "end",
  ]);
  assert.deepEqual(JSON.parse(asked[0]?.text ?? ""), {
    schema: "v1",
    $processor: "llm/litellm@1",
    params: { messages: [{ role: "user", content: "Hello" }] },
  });
  assert.equal(asked[0]?.dir, "/project");
});

Deno.test("runMock gives files with absolute paths, whatever declares them", async () => {
  const asked: MockRequest[] = [];
  const text =
    "# attach: b=sub/b.txt\nschema: v1\n$processor: llm/litellm@1\n$attachments: {a: a.png, unused: u.png}\nparams:\n  messages:\n    - role: user\n      content: [{$attach: a}, {$attach: b}]\n";
  const answer = { code: 0, envelope: SUCCESS, stderr: "" };
  await executed("theoryctl.runMock", text, { answer, asked, files: FILES });
  assert.deepEqual([...asked[0]?.attachments ?? []], [
    ["a", "/project/a.png"],
    ["b", "/project/sub/b.txt"],
  ]);
  assert.equal(asked[0]?.text.includes("$attachments"), false);
});

Deno.test("runMock shows the mistakes that a run reports where they are", async () => {
  const error = {
    code: "ERR_MODEL",
    message: "Cannot use the model",
    details: { pointer: "/params/messages/0/content" },
  };
  const { lines } = await executed("theoryctl.runMock", HELLO, {
    answer: { code: 7, envelope: { status: "error", error }, stderr: "" },
  });
  const start = HELLO.indexOf("Hello");
  assert.deepEqual(lines.slice(1), [
    "error: Mock run of llm/litellm@1: ERR_MODEL: Cannot use the model",
    `ERR_MODEL ${start}-${start + 5}: Cannot use the model`,
    "end",
  ]);
});

Deno.test("runMock tells the last line of a run that printed no envelope", async () => {
  const { lines } = await executed("theoryctl.runMock", HELLO, {
    answer: { code: 70, stderr: "a\nCannot go on\n" },
  });
  assert.equal(
    lines[1],
    "error: Mock run of llm/litellm@1: it ended with exit code 70: Cannot go on",
  );
});

Deno.test("runMock runs nothing while the document has errors or no processor", async () => {
  const answer = { code: 0, stderr: "" };
  const wrong = await executed("theoryctl.runMock", `${HELLO}mode: mok\n`, {
    answer,
  });
  assert.deepEqual(wrong.lines, [
    "error: Cannot run: the document has 1 error",
  ]);
  const without = "schema: v1\nparams: {a: 1}\n";
  const nobody = await executed("theoryctl.runMock", without, { answer });
  assert.deepEqual(nobody.lines, [
    "error: Cannot run: nothing says which processor is meant",
  ]);
});

Deno.test("runMock ends quietly when it is cancelled, by the request or at the progress bar", async () => {
  for (const how of ["request", "bar"] as const) {
    const told = toldWindow();
    const request = new AbortController();
    const runMock = ({ signal }: MockRequest) =>
      new Promise<MockAnswer>((resolve) => {
        signal.addEventListener(
          "abort",
          () => resolve({ code: 130, stderr: "Interrupted" }),
        );
        if (how === "bar") told.stop();
        else request.abort();
      });
    const host = plainHost({}, { runMock });
    const scope = plainScope(host, {
      window: told.window,
      signal: request.signal,
    });
    const view = markedView("inputs.yaml", HELLO, host).view;
    const result = await execute("theoryctl.runMock", view, scope);
    assert.equal(result, null);
    assert.deepEqual(told.lines, ["begin Mock run of llm/litellm@1", "end"]);
  }
});

Deno.test("commandLine names what the document leaves open", async () => {
  const text = HELLO.replace("content: Hello", "content: [{$attach: photo}]");
  const { result, lines } = await executed("theoryctl.commandLine", text);
  const line =
    "deno run main.ts localctl run --inputs-file /project/inputs.yaml --attach photo=FILE --mode mock";
  assert.equal(result, line);
  assert.deepEqual(lines, [`info: ${line}`]);
});

Deno.test("fixAll applies what can be fixed without asking, round by round", async () => {
  const text =
    '{"messages": [{"role": "usr", "content": "Hello"}], "mode": "default", "$processor": "llm/litelm@1"}';
  const { lines } = await executed("theoryctl.fixAll", text, {
    name: "inputs.json",
  });
  const edit = JSON.parse((lines[0] ?? "").slice("apply ".length));
  const [{ edits: [{ newText, range }] }] = edit.documentChanges;
  const { view } = markedView("inputs.json", text);
  const fixed = text.slice(0, view.offset(range.start)) + newText +
    text.slice(view.offset(range.end));
  assert.deepEqual(JSON.parse(fixed), {
    schema: "v1",
    mode: "real",
    $processor: "llm/litellm@1",
    params: { messages: [{ role: "user", content: "Hello" }] },
  });
});

Deno.test("fixAll says so when there is nothing to fix", async () => {
  const { lines, result } = await executed("theoryctl.fixAll", HELLO);
  assert.equal(result, false);
  assert.deepEqual(lines, ["info: Nothing can be fixed without asking"]);
});

Deno.test("EXECUTE_COMMAND offers what client and host can do", () => {
  const commands = (client: typeof ABLE, host: Host) =>
    (EXECUTE_COMMAND as unknown as AnyFeature).capability({ client, host })
      .executeCommandProvider?.commands;
  const runMock = () => Promise.resolve({ code: 0, stderr: "" });
  assert.deepEqual(commands(ABLE, plainHost({}, { runMock })), [
    "theoryctl.runMock",
    "theoryctl.commandLine",
    "theoryctl.resolved",
    "theoryctl.applyEdit",
    "theoryctl.fixAll",
  ]);
  assert.deepEqual(commands(UNABLE, plainHost()), [
    "theoryctl.commandLine",
    "theoryctl.resolved",
  ]);
});

Deno.test("codeLenses() say what a document is validated as, and offer a run or its command line", () => {
  const titles = (text: string, host = plainHost()) =>
    codeLenses(markedView("inputs.yaml", text, host).view, { host })
      .map(({ command }) => `${command?.title} [${command?.command}]`);
  assert.deepEqual(titles(HELLO), [
    "validated as llm/litellm@1 (says $processor) · no findings [theoryctl.resolved]",
    "Show the command line of a mock run [theoryctl.commandLine]",
  ]);
  const runMock = () => Promise.resolve({ code: 0, stderr: "" });
  assert.deepEqual(titles(`${HELLO}mode: x\n`, plainHost({}, { runMock })), [
    "validated as llm/litellm@1 (says $processor) · 1 finding [theoryctl.resolved]",
    "Run mock of llm/litellm@1 [theoryctl.runMock]",
  ]);
  assert.deepEqual(titles("schema: v1\nparams: {}\n"), [
    "validated without a processor · no findings [theoryctl.resolved]",
  ]);
  assert.deepEqual(titles("schema: v1\n$processor: a/b@1\nparams: {}\n"), [
    "not validated: a/b@1 is not known · 1 finding [theoryctl.resolved]",
  ]);
});

Deno.test("every command of a lens or an action is one that the server has", async () => {
  const runMock = () => Promise.resolve({ code: 0, stderr: "" });
  for (const host of [plainHost(), plainHost({}, { runMock })]) {
    const { view } = markedView("inputs.yaml", `${HELLO}mode: default\n`, host);
    const scope = plainScope(host);
    const range = {
      start: { line: 0, character: 0 },
      end: view.range({ start: 0, end: view.source.text.length }).end,
    };
    const actions = codeActions(
      view,
      { range, context: { diagnostics: [] } },
      scope,
    );
    const commands = [
      ...codeLenses(view, scope).map(({ command }) => command),
      ...actions.map((each) => (each as CodeAction).command),
    ].flatMap((each) => each ?? []);
    const known = (EXECUTE_COMMAND as unknown as AnyFeature)
      .capability({ client: ABLE, host }).executeCommandProvider?.commands;
    assert.ok(commands.length > 2);
    for (const { command, arguments: given } of commands) {
      assert.ok(known?.includes(command), command);
      assert.deepEqual(given, [{ uri: view.uri }]);
      await execute(command, view, scope);
    }
  }
});

const FILES = { "/project/a.png": "x", "/project/sub/b.txt": "x" };

async function executed(
  command: string,
  text: string,
  { answer, asked = [], files = {}, name = "inputs.yaml" }: {
    readonly answer?: MockAnswer;
    readonly asked?: MockRequest[];
    readonly files?: Readonly<Record<string, string>>;
    readonly name?: string;
  } = {},
): Promise<{ readonly lines: readonly string[]; readonly result: LSPAny }> {
  const runMock = (request: MockRequest) => {
    asked.push(request);
    return answer === undefined
      ? Promise.reject(new Error("not asked for"))
      : Promise.resolve(answer);
  };
  const host = plainHost(files, answer === undefined ? {} : { runMock });
  const { window, lines } = toldWindow();
  const { view } = markedView(name, text, host);
  const result = await execute(command, view, plainScope(host, { window }));
  return { lines, result };
}

async function execute(
  command: string,
  view: View,
  scope: ReturnType<typeof plainScope>,
): Promise<LSPAny> {
  const { answer, uri } = EXECUTE_COMMAND as unknown as Execute;
  const params = { command, arguments: [{ uri: view.uri }] };
  assert.equal(uri(params), view.uri);
  return await answer(params, view, scope);
}
