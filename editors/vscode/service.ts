import * as vscode from "vscode";
import { foundFolders } from "./found_folders.ts";
import { serverCommand } from "./server_command.ts";
import type { Session, startSession } from "./session.ts";
import { AT_START, SECTION, settingsFrom } from "./settings.ts";

/** The server of a window: it is started with the first document that is for it. */
export interface Service extends vscode.Disposable {
  /** The server that runs; undefined when there is none. */
  readonly session: () => Promise<Session | undefined>;
  /** Starts it, also when no document is open. */
  readonly restart: () => Promise<void>;
  /** Tells when it was started or ended. */
  readonly onChange: vscode.Event<void>;
}

export interface ServiceParts {
  /** Folder of the toolkit that comes with the extension. */
  readonly shipped: string;
  /** What starts a server, which is loaded only when there is a document for it. */
  readonly starter: () => typeof startSession;
  readonly exists: (path: string) => boolean;
  /** Tells why no server could be started. */
  readonly failed: (error: unknown) => void;
}

export function startService(parts: ServiceParts): Service {
  const changed = new vscode.EventEmitter<void>();
  const found = foundFolders();
  let running: Promise<Session | undefined> | undefined;
  let asked = 0;

  const next = async (before: typeof running, mine: number) => {
    const session = await before;
    if (session !== undefined) await calm();
    // Of several reasons at once the last one starts it.
    if (mine !== asked) return session;
    await session?.stop().catch(() => {});
    try {
      return await started(parts, found);
    } catch (error) {
      parts.failed(error);
      return undefined;
    }
  };
  const restart = async () => {
    running = next(running, ++asked);
    await running;
    changed.fire();
  };
  const again = () => void (running !== undefined && restart());
  const look = (document: vscode.TextDocument, part: "whole" | "head") => {
    const { ours, more } = found.see(document, part);
    if (ours && (more || running === undefined)) restart();
  };
  const listeners = [
    changed,
    vscode.workspace.onDidOpenTextDocument((each) => look(each, "whole")),
    vscode.workspace.onDidChangeTextDocument(({ document }) =>
      look(document, "head")
    ),
    vscode.workspace.onDidChangeWorkspaceFolders(again),
    vscode.workspace.onDidGrantWorkspaceTrust(again),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (AT_START.some((name) => event.affectsConfiguration(name))) again();
    }),
  ];
  for (const each of vscode.workspace.textDocuments) look(each, "whole");
  return {
    session: async () => await running,
    restart,
    onChange: changed.event,
    async dispose() {
      for (const each of listeners) each.dispose();
      await (await running)?.stop();
    },
  };
}

/** Milliseconds in which a client that will be stopped tells its server of what happened just now. */
const CALM = 50;

function calm(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, CALM));
}

async function started(
  { shipped, exists, starter }: ServiceParts,
  { selector, served }: Pick<
    ReturnType<typeof foundFolders>,
    "selector" | "served"
  >,
): Promise<Session> {
  const section = vscode.workspace.getConfiguration(SECTION);
  const settings = settingsFrom((name) => section.get(name));
  const folders = served();
  const command = serverCommand(settings, { shipped, exists, folders });
  if (typeof command === "string") throw new Error(command);
  const { trace } = settings;
  return await starter()(command, { selector: selector(), trace });
}
