import { envelopeText } from "./envelopes.ts";
import { readRunBody, refusedBody, runBody } from "./http_run.ts";
import type { HttpAnswer, RunBody, ServerParts } from "./http_run.ts";
import type { RunEvent } from "./schemas.ts";
import type { ServerHooks } from "./server.ts";

/** `POST /run-stream`: server-sent events while the run goes on, the envelope as the last, `done`. */
export async function answerRunStream(
  request: Request,
  server: ServerParts,
  onTalk: ServerHooks["onTalk"],
): Promise<Response> {
  try {
    const body = await readRunBody(request);
    return eventResponse(200, streamRun(body, server, onTalk));
  } catch (error) {
    const answer = await refusedBody(error, server);
    const text = sse("error", await envelopeText(answer.envelope));
    return eventResponse(answer.status, text);
  }
}

function streamRun(
  body: RunBody,
  server: ServerParts,
  onTalk: ServerHooks["onTalk"],
): ReadableStream {
  const gone = new AbortController();
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder();
      const send = (text: string) => {
        if (!gone.signal.aborted) controller.enqueue(encoder.encode(text));
      };
      const progress = { execution_id: body.executionId, status: "processing" };
      send(sse("progress", JSON.stringify(progress)));
      const onEvent = (event: RunEvent) => send(sseOf(event));
      const end = async (answer: HttpAnswer) => {
        send(sse("done", await envelopeText(answer.envelope)));
        if (!gone.signal.aborted) controller.close();
      };
      const running = runBody(body, server, { signal: gone.signal, onEvent });
      onTalk(running.then(end).catch((error) => controller.error(error)));
    },
    cancel: () => gone.abort(),
  });
}

function sseOf({ kind, content }: RunEvent): string {
  return sse(kind.toLowerCase(), JSON.stringify(content));
}

function sse(event: string, data: string): string {
  return `event: ${event}\ndata: ${data}\n\n`;
}

function eventResponse(status: number, body: BodyInit): Response {
  return new Response(body, {
    status,
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache",
    },
  });
}
