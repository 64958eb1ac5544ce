import type { ProgressToken, WorkspaceEdit } from "vscode-languageserver";
import type { Diagnostic } from "../schemas/mod.ts";
import type { View } from "./view.ts";

/**
 * What the server may tell and ask of the person at the editor, outside of an answer. Nothing throws: what the
 * client cannot do does not happen.
 */
export interface ClientWindow {
  readonly say: (kind: "error" | "warning" | "info", message: string) => void;
  /** Opens a document; whether it did. */
  readonly show: (uri: string) => Promise<boolean>;
  /** Changes documents; whether they are changed. */
  readonly apply: (edit: WorkspaceEdit) => Promise<boolean>;
  /** Shows that something goes on, by the token of the request if it came with one. */
  readonly progress: (
    title: string,
    token: ProgressToken | undefined,
  ) => Promise<ClientProgress>;
  /** Findings that are no verdict on the text, such as a run's: shown with those of the document until it changes. */
  readonly report: (view: View, diagnostics: readonly Diagnostic[]) => void;
}

/** Something that goes on. */
export interface ClientProgress {
  /** Aborted when the person at the editor wants it to stop. */
  readonly signal: AbortSignal;
  readonly end: () => void;
}
