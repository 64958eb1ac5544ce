import type { Json, JsonObject, Run } from "theoryctl/handler";
import { type ChatMessage, type ChatParams, paramsOf } from "./params.ts";

/** Answers with the beginning of the last message, the same for the same inputs. */
export async function handle(run: Run): Promise<void> {
  const params = paramsOf(run);
  const text = answer(run, params);
  for (const word of words(text)) run.token(`${word} `);
  await run.write("text/response.txt", text);
  await run.write("metadata.json", metadata(params, text));
}

function answer(run: Run, { messages }: ChatParams): string {
  const last = messages.at(-1);
  const said = last === undefined ? "" : textOf(last);
  const attached = run.attachments.map(({ name, cid }) => ` [${name} ${cid}]`);
  return `Mock response: ${[...said].slice(0, 64).join("")}${
    attached.join("")
  }`;
}

function textOf({ content }: ChatMessage): string {
  if (typeof content === "string") return content;
  return content.map(partText).filter((text) => text !== "").join(" ");
}

function partText(part: Json): string {
  if (typeof part === "string") return part;
  const text = (part as JsonObject)["text"];
  return typeof text === "string" ? text : "";
}

/** Counts words as tokens: no model's tokens, but always the same. */
function metadata({ model, messages }: ChatParams, text: string): string {
  const asked = messages.flatMap((message) => words(textOf(message))).length;
  const answered = words(text).length;
  const usage = {
    prompt_tokens: asked,
    completion_tokens: answered,
    total_tokens: asked + answered,
  };
  const all = { model, provider: "mock", finish_reason: "stop", usage };
  return `${JSON.stringify(all, null, 2)}\n`;
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
