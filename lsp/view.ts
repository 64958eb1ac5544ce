import type { Position, Range } from "vscode-languageserver-types";
import type {
  Checked,
  Diagnostic,
  Entry,
  Source,
  Span,
  Tree,
} from "../schemas/mod.ts";
import type { Association } from "./association.ts";

/** One open document as features see it: text, tree and verdict of one version. */
export type View = InputsView | EntryView | ConfigView;

interface AnyView {
  readonly uri: string;
  /** Absolute; missing for what is not in a file. */
  readonly path?: string;
  /** Absolute folder that paths in the document are relative to. */
  readonly dir: string;
  readonly version: number;
  readonly source: Source;
  readonly tree: Tree;
  /** As `check --format json` says them. */
  readonly diagnostics: readonly Diagnostic[];
  /** Zero-based lines and UTF-16 columns of a span, and the way back. */
  readonly range: (span: Span) => Range;
  readonly offset: (position: Position) => number;
}

/** An inputs document. */
export interface InputsView extends AnyView {
  readonly kind: "inputs";
  readonly checked: Checked;
  /** Which processor it is for, and who says so. */
  readonly association: Association;
}

/** A `registry.yaml`. */
export interface EntryView extends AnyView {
  readonly kind: "entry";
  readonly entry?: Entry;
}

/** A `theory.yaml`. */
export interface ConfigView extends AnyView {
  readonly kind: "config";
}
