import * as vscode from "vscode";
import { documentKind, HEAD } from "../../schemas/document_kind.ts";
import { type Filter, LANGUAGES, selectorOf } from "./selectors.ts";

/** The folders of documents of the toolkit that were found so far, as far as nothing else says to serve them. */
export interface FoundFolders {
  /** Whether a document is one of ours, and needs more to be served than was known before. */
  readonly see: (
    document: vscode.TextDocument,
    look: "whole" | "head",
  ) => { readonly ours: boolean; readonly more: boolean };
  readonly selector: () => readonly Filter[];
  /** Absolute: the folders of the workspace, and those of documents outside of it. */
  readonly served: () => readonly string[];
}

export function foundFolders(): FoundFolders {
  const byText = new Set<string>();
  const outside = new Set<string>();
  const selector = () => selectorOf([...byText]);
  return {
    see(document, look) {
      const { uri, languageId } = document;
      const none = { ours: false, more: false };
      if (!LANGUAGES.some((each) => each === languageId)) return none;
      if (uri.scheme !== "file" && uri.scheme !== "untitled") return none;
      if (!isOurs(document, look)) return none;
      const before = byText.size + outside.size;
      if (!matches(selector(), document)) byText.add(folderOf(uri).toString());
      if (isOutside(uri)) outside.add(folderOf(uri).fsPath);
      return { ours: true, more: byText.size + outside.size > before };
    },
    selector,
    served: () => [...openFolders(), ...outside],
  };
}

/** By the same rule as the server. */
function isOurs(
  document: vscode.TextDocument,
  look: "whole" | "head",
): boolean {
  const { uri, languageId } = document;
  const name = uri.scheme === "untitled"
    ? `${uri.path}.${languageId}`
    : uri.path;
  const text = look === "whole" ? document.getText() : headOf(document);
  return documentKind({ name, text }) !== undefined;
}

/** As much of a document as is looked at while it is edited, however long its lines are. */
function headOf(document: vscode.TextDocument): string {
  let head = "";
  for (let i = 0; i < document.lineCount && head.length < HEAD; i++) {
    head += `${document.lineAt(i).text.slice(0, HEAD)}\n`;
  }
  return head;
}

function folderOf(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri, "..");
}

function matches(
  selector: readonly Filter[],
  document: vscode.TextDocument,
): boolean {
  const asked = selector.map(({ pattern, ...rest }) => ({
    ...rest,
    ...(typeof pattern === "string"
      ? { pattern }
      : pattern === undefined
      ? {}
      : {
        pattern: new vscode.RelativePattern(
          vscode.Uri.parse(pattern.baseUri),
          pattern.pattern,
        ),
      }),
  }));
  return vscode.languages.match(asked, document) > 0;
}

function isOutside(uri: vscode.Uri): boolean {
  return uri.scheme === "file" &&
    vscode.workspace.getWorkspaceFolder(uri) === undefined;
}

function openFolders(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === "file")
    .map(({ uri }) => uri.fsPath);
}
