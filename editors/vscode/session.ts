import * as vscode from "vscode";
import {
  DocumentFormattingRequest,
  type DocumentSelector,
  LanguageClient,
} from "vscode-languageclient/node";
import type { Status } from "../../lsp/mod.ts";
import { type Filter, yamlOf } from "./selectors.ts";
import type { ServerCommand } from "./server_command.ts";
import { SECTION, type Settings } from "./settings.ts";

/** One server that runs, and what the extension asks of it. */
export interface Session {
  readonly status: (uri: vscode.Uri) => Promise<Status | null>;
  /** Has the server do one of its commands about a document. */
  readonly execute: (command: string, uri: vscode.Uri) => Promise<unknown>;
  readonly showLog: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts a server. Throws when it cannot be started, or says that it cannot serve. */
export async function startSession(
  { command, args, cwd }: ServerCommand,
  { selector, trace }: {
    readonly selector: readonly Filter[];
    readonly trace: Settings["trace"];
  },
): Promise<Session> {
  const log = vscode.window.createOutputChannel("theoryctl", { log: true });
  const client = new LanguageClient(
    SECTION,
    "theoryctl",
    { command, args: [...args], options: { cwd } },
    {
      documentSelector: selector as DocumentSelector,
      diagnosticCollectionName: SECTION,
      outputChannel: log,
      ...(trace === "off" ? {} : { traceOutputChannel: writingAll(log) }),
    },
  );
  const stop = async () => {
    await client.dispose();
    log.dispose();
  };
  try {
    await client.start();
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
  formatYamlAlone(client, selector);
  return {
    status: (uri) =>
      client.sendRequest<Status | null>("theory/status", {
        textDocument: { uri: address(uri, client) },
      }),
    execute: (command, uri) =>
      client.sendRequest("workspace/executeCommand", {
        command,
        arguments: [{ uri: address(uri, client) }],
      }),
    showLog: () => log.show(true),
    stop,
  };
}

/** A channel that writes traces whatever its level is: who wants them says so in the settings. */
function writingAll(log: vscode.LogOutputChannel): vscode.LogOutputChannel {
  return new Proxy(log, {
    get(log, name) {
      if (name === "logLevel") return vscode.LogLevel.Trace;
      const value = Reflect.get(log, name === "trace" ? "info" : name);
      return typeof value === "function" ? value.bind(log) : value;
    },
  });
}

function address(uri: vscode.Uri, client: LanguageClient): string {
  return client.code2ProtocolConverter.asUri(uri);
}

function formatYamlAlone(
  client: LanguageClient,
  selector: readonly Filter[],
): void {
  if (!client.initializeResult?.capabilities.documentFormattingProvider) return;
  const feature = client.getFeature(DocumentFormattingRequest.method);
  feature.clear();
  feature.register({
    id: `${SECTION}.formatting`,
    registerOptions: { documentSelector: yamlOf(selector) as DocumentSelector },
  });
}
