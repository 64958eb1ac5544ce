import { MAX_FRAME_BYTES } from "../../schemas/mod.ts";
import { tooLarge } from "./server_frame.ts";

/** One server-sent event; without a name it is a `message`. */
export interface SentEvent {
  readonly name: string;
  readonly data: string;
}

/** Takes a stream of server-sent events apart. What has no data is none, nor is what the stream breaks off in. */
export async function* serverSentEvents(
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<SentEvent> {
  let name = "";
  let data: string[] = [];
  let size = 0;
  for await (const line of lines(pieces)) {
    if (line === "") {
      if (data.length > 0) {
        yield { name: name || "message", data: data.join("\n") };
      }
      name = "";
      data = [];
      size = 0;
      continue;
    }
    const [, field, value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === "event") name = value;
    if (field !== "data") continue;
    data.push(value);
    size += value.length;
    if (size > MAX_FRAME_BYTES) throw tooLarge();
  }
}

/** Lines that end in LF, CR or both; what comes after the last end is dropped. */
async function* lines(
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let begun: string[] = [];
  let size = 0;
  let afterCr = false;
  for await (const piece of pieces) {
    let text = decoder.decode(piece, { stream: true });
    if (afterCr && text.startsWith("\n")) text = text.slice(1);
    if (text !== "") afterCr = text.endsWith("\r");
    const [first = "", ...more] = text.split(/\r\n|\n|\r/);
    begun.push(first);
    size += first.length;
    for (const next of more) {
      yield begun.join("");
      begun = [next];
      size = next.length;
    }
    if (size > MAX_FRAME_BYTES) throw tooLarge();
  }
}
