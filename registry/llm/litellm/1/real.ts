import OpenAI from "openai";
import type { Run } from "theoryctl/handler";
import { addPiece, type Answer, pieceText } from "./answer.ts";
import { type Endpoint, endpointOf } from "./endpoint.ts";
import { failFor, MAX_RETRIES } from "./failure.ts";
import { paramsOf } from "./params.ts";
import { type ChatRequest, requestOf } from "./request.ts";

/** Asks the model and writes its answer, once it is complete. */
export async function handle(run: Run): Promise<void> {
  const params = paramsOf(run);
  const endpoint = endpointOf(run, params.model);
  const request = await requestOf(run, params);
  run.emit("asking", { model: endpoint.model, provider: endpoint.provider });
  const ask = params.stream ? askStreaming : askOnce;
  const answer = await ask(run, endpoint, request)
    .catch((error: unknown) => failFor(run, endpoint, error));
  if (answer.finishReason === undefined) failIncomplete(run, endpoint);
  await run.write("text/response.txt", answer.text);
  await run.write("metadata.json", metadata(endpoint, answer));
}

async function askStreaming(
  run: Run,
  endpoint: Endpoint,
  request: ChatRequest,
): Promise<Answer> {
  const chunks = await clientOf(endpoint).chat.completions.create({
    ...request,
    model: endpoint.model,
    stream: true,
    stream_options: { include_usage: true },
  }, { signal: run.signal });
  let answer: Answer = { text: "" };
  for await (const chunk of chunks) {
    const text = pieceText(chunk);
    if (text !== "") run.token(text);
    answer = addPiece(answer, chunk);
  }
  return answer;
}

async function askOnce(
  run: Run,
  endpoint: Endpoint,
  request: ChatRequest,
): Promise<Answer> {
  const whole = await clientOf(endpoint).chat.completions.create(
    { ...request, model: endpoint.model, stream: false },
    { signal: run.signal },
  );
  const answer = addPiece({ text: "" }, whole);
  if (answer.text !== "") run.token(answer.text);
  return answer;
}

/** Every option is given, because the library looks for those that are not in the environment. */
function clientOf({ baseUrl, apiKey }: Endpoint): OpenAI {
  return new OpenAI({
    apiKey,
    baseURL: baseUrl,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: "off",
    maxRetries: MAX_RETRIES,
    // A redirect would take the messages somewhere else.
    fetchOptions: { redirect: "manual" },
  });
}

function failIncomplete(run: Run, { model, provider }: Endpoint): never {
  run.signal.throwIfAborted();
  return run.fail(
    "ERR_PROVIDER",
    `Cannot complete chat with "${model}": the answer of ${provider} ended without a finish_reason`,
  );
}

function metadata({ model, provider }: Endpoint, answer: Answer): string {
  const all = {
    model: answer.model ?? model,
    provider,
    finish_reason: answer.finishReason ?? null,
    usage: answer.usage ?? null,
    id: answer.id ?? null,
    created: answer.created ?? null,
  };
  return `${JSON.stringify(all, null, 2)}\n`;
}
