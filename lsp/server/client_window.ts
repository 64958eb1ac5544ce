import {
  type ApplyWorkspaceEditResult,
  MessageType,
  type ProgressToken,
  type ShowDocumentResult,
  type WorkDoneProgressBegin,
  type WorkDoneProgressCancelParams,
  type WorkDoneProgressEnd,
} from "vscode-languageserver";
import type { ClientWindow } from "../client_window.ts";
import type { ClientAbilities } from "../feature.ts";
import { ownName } from "./own_name.ts";

/** The part of a connection by which the client is told and asked. */
export interface Wire {
  sendNotification(method: string, params: unknown): Promise<void>;
  sendRequest<R>(method: string, params: unknown): Promise<R>;
  onNotification(
    method: string,
    handler: (params: WorkDoneProgressCancelParams) => void,
  ): unknown;
}

const TYPES = {
  error: MessageType.Error,
  warning: MessageType.Warning,
  info: MessageType.Info,
};

/** The person at the editor, reached through a connection. */
export function clientWindow(
  wire: Wire,
  { client, report }: {
    readonly client: ClientAbilities;
    readonly report: ClientWindow["report"];
  },
): ClientWindow {
  return {
    say(kind, message) {
      wire.sendNotification("window/showMessage", {
        type: TYPES[kind],
        message,
      }).catch(() => {});
    },
    async show(uri) {
      if (!client.showDocument) return false;
      const shown = await ask<ShowDocumentResult>(
        wire,
        "window/showDocument",
        { uri },
      );
      return shown?.success ?? false;
    },
    async apply(edit) {
      if (!client.applyEdit) return false;
      const done = await ask<ApplyWorkspaceEditResult>(
        wire,
        "workspace/applyEdit",
        { edit },
      );
      return done?.applied ?? false;
    },
    progress: progressOver(wire, client),
    report,
  };
}

/** A client that refuses is one that cannot. */
async function ask<R>(
  wire: Wire,
  method: string,
  params: unknown,
): Promise<R | undefined> {
  try {
    return await wire.sendRequest<R>(method, params);
  } catch {
    return undefined;
  }
}

function progressOver(
  wire: Wire,
  client: ClientAbilities,
): ClientWindow["progress"] {
  const going = new Map<ProgressToken, AbortController>();
  const own = ownName();
  let made = 0;
  wire.onNotification(
    "window/workDoneProgress/cancel",
    ({ token }) => going.get(token)?.abort(),
  );
  return async (title, given) => {
    const token = given ?? `theoryctl-${own}-${++made}`;
    const shown = given !== undefined ||
      (client.workDoneProgress && await created(wire, token));
    const stop = new AbortController();
    if (!shown) return { signal: stop.signal, end: () => {} };
    going.set(token, stop);
    tell(wire, token, { kind: "begin", title, cancellable: true });
    const end = () => {
      going.delete(token);
      tell(wire, token, { kind: "end" });
    };
    return { signal: stop.signal, end };
  };
}

async function created(wire: Wire, token: ProgressToken): Promise<boolean> {
  const answer = await ask(wire, "window/workDoneProgress/create", { token });
  return answer !== undefined;
}

function tell(
  wire: Wire,
  token: ProgressToken,
  value: WorkDoneProgressBegin | WorkDoneProgressEnd,
): void {
  wire.sendNotification("$/progress", { token, value }).catch(() => {});
}
