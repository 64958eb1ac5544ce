import { type Page, pageOf } from "../features/words/page.ts";
import type { HostFiles } from "../host.ts";
import type { OpenDocuments } from "./open_documents.ts";

/** Documents that findings about another one lead to: as they are in the editor, else as they are in their files. */
export class OtherDocuments {
  readonly #documents: OpenDocuments;
  readonly #files: Pick<HostFiles, "text">;
  readonly #watched: boolean;
  readonly #read = new Map<string, Page | undefined>();

  constructor(
    documents: OpenDocuments,
    { files, watched }: {
      readonly files: Pick<HostFiles, "text">;
      /** Whether somebody tells when files change, and calls `forget`. */
      readonly watched: boolean;
    },
  ) {
    this.#documents = documents;
    this.#files = files;
    this.#watched = watched;
  }

  /** Before several questions at a time: what nobody tells of may be other than before. */
  refresh(): void {
    if (!this.#watched) this.forget();
  }

  /** By absolute path; undefined for what is none of ours, and for what the editor may have in another form than its file. */
  page(path: string): Page | undefined {
    const uri = this.#documents.uriOf(path);
    if (uri !== undefined) return this.#documents.view(uri);
    if (!this.#read.has(path)) {
      const files = this.#files;
      this.#read.set(path, pageOf(path, { files, views: () => [] }));
    }
    return this.#read.get(path);
  }

  /** What is in files may be other than before. */
  forget(): void {
    this.#read.clear();
  }
}
