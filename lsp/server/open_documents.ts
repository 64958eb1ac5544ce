import type {
  TextDocumentContentChangeEvent,
  TextDocumentItem,
  VersionedTextDocumentIdentifier,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { documentKind } from "../../schemas/mod.ts";
import type { View } from "../view.ts";
import type { Opened } from "../view_of.ts";
import { documentName } from "./document_name.ts";
import type { Workspace } from "./workspace.ts";

/** The documents that the client has open, each version read and checked at most once. */
export class OpenDocuments {
  readonly #workspace: Workspace;
  readonly #documents = new Map<string, TextDocument>();
  readonly #views = new Map<string, View | undefined>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** What has no address or no text is not opened. */
  open({ uri, languageId, version, text }: TextDocumentItem): void {
    if (typeof uri !== "string" || typeof text !== "string") return;
    this.#views.delete(uri);
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
  }

  /** What is around the documents changed: their verdicts may be others. */
  recheck(): void {
    this.#views.clear();
  }

  uris(): readonly string[] {
    return [...this.#documents.keys()];
  }

  items(): readonly TextDocumentItem[] {
    return this.uris().flatMap((uri) => this.item(uri) ?? []);
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

  /** Undefined for what is not open or none of ours. */
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
