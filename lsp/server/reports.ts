import type { Diagnostic } from "vscode-languageserver";

/** Names what was told about documents, so that a client that knows it already need not be told again. */
export class Reports {
  readonly #told = new Map<
    string,
    { readonly id: string; readonly text: string }
  >();
  #made = 0;

  /** The name of these findings: the same as before when they are the same. */
  idOf(uri: string, diagnostics: readonly Diagnostic[]): string {
    const text = JSON.stringify(diagnostics);
    const before = this.#told.get(uri);
    if (before?.text === text) return before.id;
    const id = String(++this.#made);
    this.#told.set(uri, { id, text });
    return id;
  }
}
