import * as vscode from "vscode";
import type { Service } from "./service.ts";
import { type StatusShown, statusWords } from "./status_words.ts";

/** Milliseconds without an edit after which the status is asked for. */
const CALM = 300;

/** Shows in the status bar what the active document is validated as; a click chooses another processor. */
export function showStatus(service: Service): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(
    "theoryctl.status",
    vscode.StatusBarAlignment.Right,
    100,
  );
  item.name = "theoryctl";
  item.command = "theoryctl.setProcessor";
  let asked = 0;
  const update = async () => {
    const mine = ++asked;
    const shown = await statusShown(service);
    if (mine === asked) show(item, shown);
  };
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const soon = (uri: vscode.Uri) => {
    if (!isActive(uri)) return;
    clearTimeout(waiting);
    waiting = setTimeout(update, CALM);
  };
  update();
  return vscode.Disposable.from(
    item,
    { dispose: () => clearTimeout(waiting) },
    service.onChange(update),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.workspace.onDidChangeTextDocument(({ document }) =>
      soon(document.uri)
    ),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => uris.forEach(soon)),
  );
}

function isActive(uri: vscode.Uri): boolean {
  return vscode.window.activeTextEditor?.document.uri.toString() ===
    uri.toString();
}

async function statusShown(
  service: Service,
): Promise<StatusShown | undefined> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (uri === undefined) return undefined;
  try {
    const session = await service.session();
    return statusWords(await session?.status(uri) ?? null);
  } catch {
    // The server ended meanwhile: there is nothing to show until the next one.
    return undefined;
  }
}

/** The colour of VS Code for what needs a look. */
const ATTENTION = "statusBarItem.warningBackground";

function show(
  item: vscode.StatusBarItem,
  shown: StatusShown | undefined,
): void {
  if (shown === undefined) return item.hide();
  item.text = shown.text;
  item.tooltip = new vscode.MarkdownString(shown.tooltip);
  item.backgroundColor = shown.unknown
    ? new vscode.ThemeColor(ATTENTION)
    : undefined;
  item.show();
}
