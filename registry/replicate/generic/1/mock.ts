import type { Json, JsonObject, Run } from "theoryctl/handler";
import { paramsOf } from "./params.ts";
import { recordJson } from "./record.ts";

const FILE = "files/0-output.txt";

/** Answers with a file that repeats the input, the same for the same inputs. */
export async function handle(run: Run): Promise<void> {
  const { model, owner, name, version, input } = paramsOf(run);
  run.emit("starting", { prediction_id: "mock" });
  run.emit("processing", { prediction_id: "mock" });
  await run.write(FILE, `Mock prediction: ${model}\n${lines(run, input)}`);
  const record = recordJson(input, {
    id: "mock",
    model: `${owner}/${name}`,
    version: version ?? null,
    status: "succeeded",
    metrics: {},
    output: [FILE],
  });
  await run.write("prediction.json", record);
  run.emit("succeeded", { prediction_id: "mock" });
}

function lines(run: Run, input: JsonObject): string {
  return Object.entries(input)
    .map(([key, value]) => `${key}: ${said(run, value)}\n`)
    .join("");
}

function said(run: Run, value: Json): string {
  const file = run.attachment(value);
  return file ? `[${file.name} ${file.cid}]` : JSON.stringify(value);
}
