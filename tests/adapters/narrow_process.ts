import { join } from "node:path";
import {
  attach,
  checkSaveTarget,
  collectOutputs,
  fileStore,
  knownFiles,
  openStateDir,
  saveOutputs,
} from "../../adapters/mod.ts";
import { entryWith, prefix } from "./entry_fixture.ts";

/** Takes a file through attaching, collecting and saving, below one folder, and prints what was saved. */
const [place = ""] = Deno.args;
const state = await openStateDir(join(place, "state"));
const store = fileStore(state.artifacts);
const inputs = await attach({
  payload: { params: { $attach: "a" } },
  attachments: [{ name: "a", path: "in.txt", from: "command" }],
  uses: [],
}, {
  store,
  known: knownFiles(state.known),
  resolvePath: ({ path }) => join(place, path),
  signal: new AbortController().signal,
});
const runFolder = join(state.path, "runs", "E1");
await Deno.mkdir(join(runFolder, "outputs", "E1"), { recursive: true });
await Deno.writeTextFile(
  join(runFolder, "outputs", "E1", "out.json"),
  JSON.stringify(inputs.payload),
);
const save = { kind: "dir" as const, path: join(place, "saved") };
await checkSaveTarget(save);
const outputs = await collectOutputs(runFolder, {
  store,
  executionId: "E1",
  writePrefix: prefix("/artifacts/outputs/{execution_id}/"),
  entry: entryWith([{ path: "out.json", required: true }]),
});
const files = await saveOutputs(
  {
    status: "success",
    execution_id: "E1",
    outputs,
    index_path: "",
    meta: { env_fingerprint: "", image_digest: "", duration_ms: 0 },
  },
  save,
  { store },
);
await Deno.stdout.write(new TextEncoder().encode(files.join("\n")));
