import type {
  TextDocumentContentChangeEvent,
  TextDocumentItem,
  VersionedTextDocumentIdentifier,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { documentKind } from "../../schemas/mod.ts";
import { filePath } from "../file_uri.ts";
import type { View } from "../view.ts";
import type { Opened } from "../view_of.ts";
import { documentName } from "./document_name.ts";
import type { Workspace } from "./workspace.ts";

/** An open document; without its text when another server has that, or nobody. */
export type OpenItem =
  & Omit<TextDocumentItem, "text">
  & Partial<Pick<TextDocumentItem, "text">>;

/** The documents that the client has open, each version read and checked at most once. */
export class OpenDocuments {
  readonly #workspace: Workspace;
  readonly #documents = new Map<string, TextDocument>();
  readonly #views = new Map<string, View | undefined>();
  readonly #elsewhere = new Set<string>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** What has no address is not opened; of what has no text, nothing else is known. */
  open({ uri, languageId, version, text }: OpenItem): void {
    if (typeof uri !== "string") return;
    this.close(uri);
    if (typeof text !== "string") return void this.#elsewhere.add(uri);
    this.#documents.set(
      uri,
      TextDocument.create(uri, languageId, version, text),
    );
  }

  /** Answers whether it is open. */
  change(
    { uri, version }: VersionedTextDocumentIdentifier,
    changes: TextDocumentContentChangeEvent[],
  ): boolean {
    const document = this.#documents.get(uri);
    if (document === undefined) return false;
    this.#views.delete(uri);
    TextDocument.update(document, changes, version ?? document.version + 1);
    return true;
  }

  close(uri: string): void {
    this.#views.delete(uri);
    this.#documents.delete(uri);
    this.#elsewhere.delete(uri);
  }

  /** What is around the documents changed: their verdicts may be others. */
  recheck(): void {
    this.#views.clear();
  }

  /** Those whose text is here. */
  uris(): readonly string[] {
    return [...this.#documents.keys()];
  }

  /** Those whose text is not here: what is in their files need not be what the editor has. */
  elsewhere(): readonly string[] {
    return [...this.#elsewhere];
  }

  /** The one of a file, wherever its text is. */
  uriOf(path: string): string | undefined {
    return [...this.#elsewhere, ...this.#documents.keys()]
      .find((uri) => filePath(uri) === path);
  }

  /** All of them. */
  items(): readonly OpenItem[] {
    const others = this.elsewhere().map(elsewhere);
    return [...this.uris().flatMap((uri) => this.item(uri) ?? []), ...others];
  }

  /** As the client would open it now. */
  item(uri: string): TextDocumentItem | undefined {
    const document = this.#documents.get(uri);
    if (document === undefined) return undefined;
    const { languageId, version } = document;
    return { uri, languageId, version, text: document.getText() };
  }

  /** Whether a document is one of ours, by a look at its beginning. */
  isOurs({ uri, languageId, text }: TextDocumentItem): boolean {
    const { folders } = this.#workspace;
    const { name } = documentName({ uri, languageId }, folders);
    return documentKind({ name, text }) !== undefined;
  }

  version(uri: string): number | undefined {
    return this.#documents.get(uri)?.version;
  }

  /** Undefined for what is none of ours, and what is not open here. */
  view(uri: string): View | undefined {
    if (this.#views.has(uri)) return this.#views.get(uri);
    const document = this.#documents.get(uri);
    if (document === undefined) return undefined;
    const opened = openedOf(document, this.#workspace.folders);
    const view = this.#workspace.view(opened);
    this.#views.set(uri, view);
    return view;
  }

  views(): readonly View[] {
    return this.uris().flatMap((uri) => this.view(uri) ?? []);
  }
}

/** A document that is open, and whose text is not here. */
export function elsewhere(uri: string): OpenItem {
  return { uri, languageId: "", version: 0 };
}

function openedOf(
  document: TextDocument,
  folders: readonly string[],
): Opened {
  const { name, language, ...place } = documentName(document, folders);
  return {
    ...place,
    uri: document.uri,
    version: document.version,
    source: { name, language, text: document.getText() },
  };
}
