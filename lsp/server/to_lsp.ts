import {
  type Diagnostic as LspDiagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Range,
} from "vscode-languageserver";
import {
  type Diagnostic,
  fixesToTell,
  type Severity,
  type Span,
} from "../../schemas/mod.ts";
import { hideSecrets } from "../../schemas/checker.ts";
import type { ClientAbilities } from "../feature.ts";
import type { View } from "../view.ts";
import { type Elsewhere, relatedPlaces } from "./related_places.ts";

/** What goes with a diagnostic through the client and back, for code actions and for whoever compares. */
export interface DiagnosticData {
  readonly pointer: string;
  readonly expected?: string;
  readonly fixes?: readonly {
    readonly title: string;
    /** Never applied unasked. */
    readonly choice?: true;
    readonly edits: readonly { readonly range: Range; readonly text: string }[];
  }[];
}

/** How findings are told to one client. */
export interface Telling {
  readonly client: Pick<
    ClientAbilities,
    "relatedInformation" | "codeDescription"
  >;
  /** Address of what explains a code. */
  readonly docs: (code: string) => string;
  /** Without it, places in other documents are left out. */
  readonly elsewhere?: Elsewhere;
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Findings about a document, as the client takes them. */
export function toLsp(
  view: View,
  diagnostics: readonly Diagnostic[],
  telling: Telling,
): LspDiagnostic[] {
  return diagnostics.map((each) => one(each, view, telling));
}

function one(
  each: Diagnostic,
  view: View,
  { client, docs, elsewhere = NOWHERE }: Telling,
): LspDiagnostic {
  const tags = tagsOf(each.code);
  const related = client.relatedInformation
    ? relatedPlaces(each, view, elsewhere)
    : [];
  return {
    range: view.range(each.span),
    severity: SEVERITIES[each.severity],
    code: each.code,
    source: "theoryctl",
    message: each.message,
    data: dataOf(each, view.range),
    ...(client.codeDescription
      ? { codeDescription: { href: docs(each.code) } }
      : {}),
    ...(tags.length === 0 ? {} : { tags }),
    ...(related.length === 0 ? {} : { relatedInformation: related }),
  };
}

function dataOf(
  { pointer, expected, fixes: all }: Diagnostic,
  range: (span: Span) => Range,
): DiagnosticData {
  const { fixes } = fixesToTell(all);
  return {
    pointer: hideSecrets(pointer),
    ...(expected === undefined ? {} : { expected }),
    ...(fixes === undefined ? {} : {
      fixes: fixes.map(({ title, edits, choice }) => ({
        title,
        ...(choice === true ? { choice } : {}),
        edits: edits.map(({ span, text }) => ({ range: range(span), text })),
      })),
    }),
  };
}

/** Clients fade out what is unused and strike through what is deprecated. */
function tagsOf(code: string): DiagnosticTag[] {
  if (/_UNUSED$/.test(code)) return [DiagnosticTag.Unnecessary];
  return /_OLD$/.test(code) ? [DiagnosticTag.Deprecated] : [];
}

const NOWHERE: Elsewhere = {
  page: () => undefined,
  entryFile: () => undefined,
};
