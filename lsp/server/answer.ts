import {
  type CancellationToken,
  LSPErrorCodes,
  type ProtocolConnection,
  ResponseError,
} from "vscode-languageserver";
import type {
  Feature,
  Scope,
  WorkspaceFeature,
  WorkspaceScope,
} from "../feature.ts";
import type { View } from "../view.ts";

export interface AnswerParts {
  readonly view: (uri: string) => View | undefined;
  readonly scope: (view: View, signal: AbortSignal) => Scope;
}

/** Answers the requests of a feature for as long as the connection lasts. */
export function answerFeature<P, R, PR, E, O>(
  connection: ProtocolConnection,
  { type, uri, answer, empty, untouched }: Feature<P, R, PR, E, O>,
  { view, scope }: AnswerParts,
): void {
  connection.onRequest(type.method, async (params: P, token) => {
    const signal = signalOf(token);
    const about = view(uri(params));
    const result = about === undefined
      ? untouched?.(params) ?? empty
      : await answer(params, about, scope(about, signal));
    return signal.aborted ? cancelled(type.method) : result ?? null;
  });
}

/** Answers the requests of a feature of the workspace for as long as the connection lasts. */
export function answerWorkspaceFeature<P, R, PR, E, O>(
  connection: ProtocolConnection,
  { type, answerAll }: WorkspaceFeature<P, R, PR, E, O>,
  pages: WorkspaceScope["pages"],
): void {
  connection.onRequest(type.method, async (params: P, token) => {
    const signal = signalOf(token);
    const result = await answerAll(params, { pages, signal });
    return signal.aborted ? cancelled(type.method) : result ?? null;
  });
}

/** What is answered to a request that the client no longer wants. */
export function cancelled(method: string): ResponseError<void> {
  return new ResponseError(
    LSPErrorCodes.RequestCancelled,
    `Cannot answer "${method}": the request was cancelled`,
  );
}

/** A token of the protocol library as a signal of the platform. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
