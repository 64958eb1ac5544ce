import assert from "node:assert/strict";
import { SERVER, startedClient, type WireClient } from "./wire_client.ts";

const TEXT =
  "schema: v1\n$processor: llm/litellm@1\n$attachments: {photo: photo.png}\nparams:\n  messages:\n    - role: user\n      content: [{type: text, text: Hello}]\n    - role: user\n      content: Hello\n";

/** The answer of `theoryctl.runMock`. */
interface Answer {
  readonly code: number;
  readonly envelope: {
    readonly status: string;
    readonly meta: { readonly mode?: string };
  };
}

Deno.test("the server runs a document as it is in the editor, recorded in the state folder of its working folder", async () => {
  await inProject(async (client, dir) => {
    const uri = `file://${dir}/sub/inputs.yaml`;
    client.open(uri, "nothing: yet\n");
    client.change(uri, 2, TEXT.replace(/^\$attach.*\n/m, ""));
    await client.findings(uri, 2);
    const { code, envelope } = await runMock(client, uri);
    assert.equal(code, 0, JSON.stringify(envelope));
    assert.equal(envelope.status, "success");
    assert.equal(envelope.meta.mode, "mock");
    assert.deepEqual(names(dir), [".theory", "sub"]);
    assert.deepEqual(names(`${dir}/sub`), []);
    const told = methods(client, "window/showMessage");
    assert.match(told, /Mock run of llm\/litellm@1: success, 2 outputs/);
    assert.match(methods(client, "$/progress"), /begin.*end/s);
  });
});

Deno.test("runs of a small and of a large document are told apart, and ended by their bar", async () => {
  await inProject(async (client, dir) => {
    const text = TEXT.replace(/^\$attach.*\n/m, "");
    const uris = ["a", "b"].map((name) => `file://${dir}/${name}.inputs.yaml`);
    const [small = "", large = ""] = uris;
    client.open(small, text);
    client.open(large, `${text}${"# a remark\n".repeat(5_000)}`);
    await client.findings(small, 1);
    await client.findings(large, 1);
    const running = uris.map((uri) =>
      client.request("workspace/executeCommand", {
        command: "theoryctl.runMock",
        arguments: [{ uri }],
      })
    );
    const stopped = new Set<string>();
    while (stopped.size < 2) {
      await client.another();
      for (const token of begun(client)) {
        if (stopped.has(token)) continue;
        client.notify("window/workDoneProgress/cancel", { token });
        stopped.add(token);
      }
    }
    assert.deepEqual(await Promise.all(running), [null, null]);
    assert.equal(methods(client, "window/showMessage"), "");
  });
});

Deno.test("the server cancels a run that is no longer wanted", async () => {
  await inProject(async (client, dir) => {
    const uri = `file://${dir}/sub/inputs.yaml`;
    client.open(uri, TEXT.replace(/^\$attach.*\n/m, ""));
    await client.findings(uri, 1);
    const { id, result } = client.begin("workspace/executeCommand", {
      command: "theoryctl.runMock",
      arguments: [{ uri }],
    });
    while (methods(client, "$/progress") === "") await client.another();
    client.notify("$/cancelRequest", { id });
    await assert.rejects(result, { code: -32800 });
    assert.match(methods(client, "$/progress"), /begin.*end/s);
    assert.equal(methods(client, "window/showMessage"), "");
  });
});

Deno.test("the server tells the command line of a run where it may run nothing", async () => {
  await inProject(async (client, dir) => {
    const { commands = [] } = client.capabilities.executeCommandProvider ?? {};
    assert.ok(!commands.includes("theoryctl.runMock"));
    const uri = `file://${dir}/sub/inputs.yaml`;
    client.open(uri, TEXT.replace(/^\$attach.*\n/m, ""));
    await client.findings(uri, 1);
    const line = await client.request<string>("workspace/executeCommand", {
      command: "theoryctl.commandLine",
      arguments: [{ uri }],
    });
    assert.match(
      line,
      /localctl run --inputs-file \S+inputs\.yaml --mode mock$/,
    );
    assert.deepEqual(names(dir), ["sub"]);
  }, []);
});

function runMock(client: WireClient, uri: string): Promise<Answer> {
  return client.request("workspace/executeCommand", {
    command: "theoryctl.runMock",
    arguments: [{ uri }],
  });
}

/** The tokens of all that was begun. */
function begun({ received }: WireClient): readonly string[] {
  return received.filter(({ method }) => method === "$/progress")
    .map(({ params }) => params as Progress)
    .flatMap(({ token, value }) => value.kind === "begin" ? [token] : []);
}

interface Progress {
  readonly token: string;
  readonly value: { readonly kind: string };
}

/** What the server said by a method, as JSON. */
function methods(client: WireClient, method: string): string {
  return client.received.filter((each) => each.method === method)
    .map(({ params }) => JSON.stringify(params)).join("\n");
}

function names(dir: string): readonly string[] {
  return [...Deno.readDirSync(dir)].map(({ name }) => name).sort();
}

async function inProject(
  use: (client: WireClient, dir: string) => Promise<void>,
  granted: readonly string[] = ["--allow-run=deno"],
): Promise<void> {
  const dir = await Deno.realPath(await Deno.makeTempDir());
  try {
    await Deno.mkdir(`${dir}/sub`);
    const command = SERVER.flatMap((word) =>
      word === "--no-prompt" ? [word, ...granted] : [word]
    );
    const capabilities = { window: { workDoneProgress: true } };
    await using client = await startedClient({
      command,
      cwd: dir,
      capabilities,
    });
    await use(client, dir);
    assert.equal(await client.stop(), 0);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}
