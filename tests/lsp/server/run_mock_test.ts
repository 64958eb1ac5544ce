import assert from "node:assert/strict";
import { fileUrl } from "../../../schemas/mod.ts";
import { SERVER, startedClient, type WireClient } from "./wire_client.ts";

const TEXT =
  "schema: v1\n$processor: llm/litellm@1\n$attachments: {a: photo.jpg}\nparams:\n  messages:\n    - {role: user, content: Hello}\n";

Deno.test("the server runs a document as it is in the editor, in the state folder of its working folder", async () => {
  await inProject(async (client, dir) => {
    const uri = fileUrl(`${dir}/sub/inputs.yaml`);
    client.open(uri, TEXT);
    await client.findings(uri, 1);
    const { code, envelope } = await client.request<Answer>(
      "workspace/executeCommand",
      { command: "theoryctl.runMock", arguments: [{ uri }] },
    );
    assert.equal(code, 0, JSON.stringify(envelope));
    assert.equal(envelope.status, "success");
    assert.equal(envelope.meta.mode, "mock");
    assert.deepEqual(folders(dir), [".theory", "sub"]);
    assert.deepEqual(folders(`${dir}/sub`), []);
    const [message] = client.received.filter(({ method }) =>
      method === "window/showMessage"
    );
    assert.match(JSON.stringify(message), /Mock run of llm\/litellm@1: success/);
  });
});
