import { fileUri } from "../file_uri.ts";
import type { HostFiles } from "../host.ts";
import type { View } from "../view.ts";
import { documentName } from "./document_name.ts";
import { documentsBelow } from "./documents_below.ts";
import type { Workspace } from "./workspace.ts";

/** Our documents in the open folders as they are in their files, with their verdicts. */
export class ClosedDocuments {
  readonly #workspace: Workspace;
  readonly #files: Pick<HostFiles, "list" | "text">;
  readonly #watched: boolean;
  #known: readonly View[] | undefined;

  constructor(
    workspace: Workspace,
    { files, watched }: {
      readonly files: Pick<HostFiles, "list" | "text">;
      /** Whether somebody tells when files change, and calls `forget`. */
      readonly watched: boolean;
    },
  ) {
    this.#workspace = workspace;
    this.#files = files;
    this.#watched = watched;
  }

  /** All of them, those that are open in the editor, too. */
  views(): readonly View[] {
    if (!this.#watched) this.forget();
    return this.#known ??= this.#read();
  }

  /** What is in files, or around documents, may be other than before. */
  forget(): void {
    this.#known = undefined;
  }

  #read(): readonly View[] {
    const { folders } = this.#workspace;
    return documentsBelow(folders, this.#files).flatMap((path) => {
      const text = this.#files.text(path);
      if (text === undefined) return [];
      const uri = fileUri(path);
      const { name, language, ...place } = documentName(
        { uri, languageId: "" },
        folders,
      );
      const source = { name, language, text };
      return this.#workspace.view({ ...place, uri, version: 0, source }) ?? [];
    });
  }
}
