import type OpenAI from "openai";
import type { Run } from "theoryctl/handler";
import type { ChatMessage, ChatParams } from "./params.ts";
import { partOf } from "./parts.ts";

/** Attachments are sent inside the request, which providers limit to about this size. */
const MAX_ATTACHED_BYTES = 50 * 1024 * 1024;

/** What is sent, but for the model's name and whether the answer is streamed. */
export type ChatRequest = Omit<
  OpenAI.ChatCompletionCreateParams,
  "model" | "stream"
>;

/** The request for a run, its attachments read. */
export async function requestOf(
  run: Run,
  params: ChatParams,
): Promise<ChatRequest> {
  limitAttachments(run);
  const messages = [];
  for (const message of params.messages) {
    messages.push(await messageOf(run, message));
  }
  return { ...params.options, messages };
}

function limitAttachments(run: Run): void {
  const total = run.attachments.reduce((sum, { size }) => sum + size, 0);
  if (total <= MAX_ATTACHED_BYTES) return;
  run.fail(
    "ERR_VALIDATION",
    `Cannot send attachments: they have ${total} bytes together, limit ${MAX_ATTACHED_BYTES}`,
  );
}

async function messageOf(
  run: Run,
  { content, ...message }: ChatMessage,
): Promise<OpenAI.ChatCompletionMessageParam> {
  if (typeof content === "string") return { ...message, content };
  const parts = [];
  for (const part of content) parts.push(await partOf(run, part));
  // The provider decides which roles may have which parts; the library's types allow images to users alone.
  return { ...message, content: parts } as OpenAI.ChatCompletionMessageParam;
}
