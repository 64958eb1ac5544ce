import { existsSync } from "node:fs";
import * as vscode from "vscode";
import { registerCommands } from "./commands.ts";
import { showFailure } from "./show_failure.ts";
import { type Service, startService } from "./service.ts";
import { showStatus } from "./status_item.ts";

/** VS Code loads extensions as CommonJS. */
declare const require: (path: string) => unknown;

/**
 * What VS Code calls with the first JSON or YAML document. It watches, and that is all: the client of the protocol is
 * loaded, and a server started, with the first document that is for it.
 */
export function activate(context: vscode.ExtensionContext): Service {
  const session = context.asAbsolutePath("session.js");
  const service = startService({
    shipped: context.asAbsolutePath("toolkit"),
    starter: () =>
      (require(session) as typeof import("./session.ts")).startSession,
    exists: existsSync,
    failed: showFailure,
  });
  context.subscriptions.push(
    service,
    registerCommands(service),
    showStatus(service),
  );
  return service;
}
