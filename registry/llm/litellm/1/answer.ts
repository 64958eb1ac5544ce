import type OpenAI from "openai";

/** What the model answered, as far as it has come. */
export interface Answer {
  readonly text: string;
  /** Why it ended; undefined until it has. */
  readonly finishReason?: string | undefined;
  readonly id?: string | undefined;
  /** Name of the model as the provider says it. */
  readonly model?: string | undefined;
  /** Unix time in seconds. */
  readonly created?: number | undefined;
  readonly usage?: Usage | undefined;
}

export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

type Piece =
  | Partial<OpenAI.ChatCompletion>
  | Partial<OpenAI.ChatCompletionChunk>;

/**
 * An answer with a chunk of its stream, or the whole of one that is not streamed, added. Servers leave
 * out what the library's types promise, so every field may be missing.
 */
export function addPiece(answer: Answer, piece: Piece): Answer {
  const reason = piece.choices?.[0]?.finish_reason;
  return {
    text: answer.text + pieceText(piece),
    finishReason: reason ?? answer.finishReason,
    id: piece.id ?? answer.id,
    model: piece.model ?? answer.model,
    created: piece.created ?? answer.created,
    usage: usageOf(piece.usage) ?? answer.usage,
  };
}

/** The text that a piece brings; a refusal is an answer too. */
export function pieceText(piece: Piece): string {
  const choice = piece.choices?.[0];
  if (choice === undefined) return "";
  const said = "delta" in choice ? choice.delta : choice.message;
  const text = said?.content ?? said?.refusal;
  return typeof text === "string" ? text : "";
}

function usageOf(usage: Piece["usage"]): Usage | undefined {
  if (usage === undefined || usage === null) return undefined;
  const { prompt_tokens, completion_tokens, total_tokens } = usage;
  return { prompt_tokens, completion_tokens, total_tokens };
}
