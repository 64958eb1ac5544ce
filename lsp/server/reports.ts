import type { Diagnostic } from "vscode-languageserver";
import { ownName } from "./own_name.ts";

/** Names what was told about documents, so that a client that knows it already need not be told again. */
export class Reports {
  readonly #told = new Map<
    string,
    { readonly id: string; readonly text: string }
  >();
  /** Of this server alone: a document may come from another one, and with it the names that its client knows. */
  readonly #own = ownName();
  #made = 0;

  /** The name of these findings: the same as before when they are the same. */
  idOf(uri: string, diagnostics: readonly Diagnostic[]): string {
    const text = JSON.stringify(diagnostics);
    const before = this.#told.get(uri);
    if (before?.text === text) return before.id;
    const id = `${this.#own}-${++this.#made}`;
    this.#told.set(uri, { id, text });
    return id;
  }
}
