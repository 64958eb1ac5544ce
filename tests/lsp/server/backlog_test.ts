import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import type { Message } from "vscode-languageserver";
import { soon } from "../../../cli/lsp/soon.ts";
import { Backlog } from "../../../lsp/server/backlog.ts";
import { installPlatform } from "../../../lsp/server/ral.ts";

Deno.test("Backlog tells the end of a stream when what the library still had of it was looked at", async () => {
  installPlatform(soon);
  const backlog = new Backlog();
  const said: string[] = [];
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  let read: (message: Message) => void = () => {};
  let close = () => {};
  const dispose = () => {};
  const none = () => ({ dispose });
  const reader = backlog.over({
    onError: none,
    onPartialMessage: none,
    onClose: (listener) => ((close = () => listener()), { dispose }),
    listen: (callback) => ((read = callback), { dispose }),
    dispose,
  });
  reader.onClose(() => (said.push("end"), end()));
  reader.listen((message) => void said.push(idOf(message)));
  close();
  // As the library does: one in each turn, and each is looked at before the next is read.
  for (const id of ["1", "2", "3"]) {
    await setImmediate();
    const message = { jsonrpc: "2.0", id };
    read(message);
    backlog.step(message, () => Promise.resolve());
  }
  await ended;
  assert.deepEqual(said, ["1", "2", "3", "end"]);
});

function idOf(message: Message): string {
  return "id" in message ? String(message.id) : "";
}
