import { fileUri } from "../file_uri.ts";
import type { Host } from "../host.ts";
import type { View } from "../view.ts";
import { documentName } from "./document_name.ts";
import { documentsBelow } from "./documents_below.ts";
import { pauses } from "./pauses.ts";
import type { Workspace } from "./workspace.ts";

/** Our documents in the open folders as they are in their files, with their verdicts. */
export class ClosedDocuments {
  readonly #workspace: Workspace;
  readonly #host: Pick<Host, "files" | "monotonic">;
  readonly #watched: boolean;
  #known: Promise<readonly View[]> | undefined;

  constructor(
    workspace: Workspace,
    { host, watched }: {
      readonly host: Pick<Host, "files" | "monotonic">;
      /** Whether somebody tells when files change, and calls `forget`. */
      readonly watched: boolean;
    },
  ) {
    this.#workspace = workspace;
    this.#host = host;
    this.#watched = watched;
  }

  /** All of them, those that are open in the editor, too. Reads many files, with pauses. */
  async views(): Promise<readonly View[]> {
    if (!this.#watched) this.forget();
    for (;;) {
      const reading = this.#known ??= this.#read();
      const views = await reading;
      // What was read while something changed is read again.
      if (this.#known === reading) return views;
    }
  }

  /** What is in files, or around documents, may be other than before. */
  forget(): void {
    this.#known = undefined;
  }

  async #read(): Promise<readonly View[]> {
    const { files } = this.#host;
    const pause = pauses(this.#host);
    const found: View[] = [];
    for (const path of documentsBelow(this.#workspace.folders, files)) {
      await pause();
      const view = this.#view(path);
      if (view !== undefined) found.push(view);
    }
    return found;
  }

  #view(path: string): View | undefined {
    const text = this.#host.files.text(path);
    if (text === undefined) return undefined;
    const uri = fileUri(path);
    const { name, language, ...place } = documentName(
      { uri, languageId: "" },
      this.#workspace.folders,
    );
    const source = { name, language, text };
    return this.#workspace.view({ ...place, uri, version: 0, source });
  }
}
