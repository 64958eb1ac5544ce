import * as vscode from "vscode";
import type { Service } from "./service.ts";
import type { Session } from "./session.ts";
import { SECTION } from "./settings.ts";

/** What a command does: to the active document, with the server that runs. */
type About = (uri: vscode.Uri, session: Session) => Promise<unknown>;

/** The commands of package.json that are about the active document. */
const ABOUT_DOCUMENT: Readonly<Record<string, About>> = {
  "theoryctl.showPayload": (uri, session) =>
    session.execute("theoryctl.resolved", uri),
  "theoryctl.mockRun": mockRun,
  "theoryctl.copyCommandLine": copyCommandLine,
  "theoryctl.fixDocument": (uri, session) =>
    session.execute("theoryctl.fixAll", uri),
  "theoryctl.setProcessor": setProcessor,
};

/** Registers the commands that people call. Those of the server itself are registered with it. */
export function registerCommands(service: Service): vscode.Disposable {
  const { registerCommand } = vscode.commands;
  const about = Object.entries(ABOUT_DOCUMENT).map(([name, action]) =>
    registerCommand(name, () => withDocument(service, action))
  );
  return vscode.Disposable.from(
    ...about,
    registerCommand("theoryctl.restart", () => service.restart()),
    registerCommand("theoryctl.showLog", async () => {
      const session = await service.session();
      session?.showLog();
      if (session === undefined) await say("The server does not run");
    }),
  );
}

async function withDocument(service: Service, action: About): Promise<unknown> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (uri === undefined) return say("No document is open");
  if (await service.session() === undefined) await service.restart();
  const session = await service.session();
  return session && await action(uri, session);
}

const ALLOW = "Allow mock runs";
const COPY = "Copy command line";

/** Runs where the server may; otherwise says what there is to do about it, where the workspace may be trusted with it. */
async function mockRun(uri: vscode.Uri, session: Session): Promise<unknown> {
  const status = await session.status(uri);
  if (status?.kind !== "inputs") return say("This is no inputs document");
  if (status.canRun) return await session.execute("theoryctl.runMock", uri);
  const offered = vscode.workspace.isTrusted ? [ALLOW, COPY] : [COPY];
  const choice = await vscode.window.showInformationMessage(
    "The server may read files and nothing else. To run documents it must be allowed to start Deno.",
    ...offered,
  );
  if (choice === COPY) return await copyCommandLine(uri, session);
  if (choice !== ALLOW) return undefined;
  const { Global, Workspace } = vscode.ConfigurationTarget;
  const target = vscode.workspace.name === undefined ? Global : Workspace;
  const settings = vscode.workspace.getConfiguration(SECTION);
  return await settings.update("allowRuns", true, target);
}

/** The server says the line, too, for editors that cannot copy it. */
async function copyCommandLine(
  uri: vscode.Uri,
  session: Session,
): Promise<unknown> {
  const line = await session.execute("theoryctl.commandLine", uri);
  if (typeof line !== "string") return say("This is no inputs document");
  return await vscode.env.clipboard.writeText(line);
}

/** The server's kind of action that names another processor. */
const PROCESSOR_ACTIONS = "refactor.theoryctl.processor";

async function setProcessor(uri: vscode.Uri): Promise<unknown> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    uri,
    new vscode.Range(0, 0, 0, 0),
    PROCESSOR_ACTIONS,
  );
  const items = (actions ?? []).map((action) => ({
    label: action.title,
    action,
  }));
  if (items.length === 0) return say("There is no other processor to choose");
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: "Processor that this document is for",
  });
  const edit = chosen?.action.edit;
  return edit && await vscode.workspace.applyEdit(edit);
}

function say(text: string): Thenable<unknown> {
  return vscode.window.showInformationMessage(text);
}
