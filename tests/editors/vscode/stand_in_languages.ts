import { matchesGlob } from "node:path";
import type { Area, StandInUri } from "./stand_in_types.ts";

/** A document that is open in the stand-in. */
export interface StandInDocument {
  readonly uri: StandInUri;
  readonly languageId: string;
  readonly version: number;
  readonly isClosed: boolean;
  readonly getText: () => string;
  readonly lineCount: number;
  readonly lineAt: (line: number) => { readonly text: string };
}

/** What an extension registered for a language: `registerHoverProvider` and its like. */
export interface Registered {
  readonly kind: string;
  readonly selector: readonly Filter[];
  readonly provider: Readonly<
    Record<string, (...args: unknown[]) => Promise<unknown>>
  >;
}

interface Filter {
  readonly scheme?: string;
  readonly language?: string;
  readonly pattern?: string | { readonly made: readonly [StandInUri, string] };
}

/** What is shown as found in a document. */
export interface Finding {
  readonly code: { readonly value: string };
  readonly range: Area;
}

/** `vscode.languages`, which notes what is registered and what is found. */
export function languagesOf(
  { registered, findings }: {
    readonly registered: Set<Registered>;
    readonly findings: Map<string, readonly Finding[]>;
  },
): object {
  const register = (kind: string) =>
  (
    selector: Registered["selector"],
    provider: Registered["provider"],
  ) => {
    const each = { kind, selector, provider };
    registered.add(each);
    return { dispose: () => registered.delete(each) };
  };
  const kinds = ["Hover", "CodeLens", "DocumentFormattingEdit", "Rename"];
  return {
    ...Object.fromEntries(
      kinds.map((kind) => [`register${kind}Provider`, register(kind)]),
    ),
    match: (selector: readonly Filter[], document: StandInDocument) =>
      matches(selector, document) ? 10 : 0,
    createDiagnosticCollection: () => ({
      set: (uri: StandInUri, all: readonly Finding[]) =>
        findings.set(String(uri), all ?? []),
      delete: (uri: StandInUri) => findings.delete(String(uri)),
      clear: () => findings.clear(),
      dispose: () => findings.clear(),
      has: (uri: StandInUri) => findings.has(String(uri)),
    }),
  };
}

/** Whether a document is one of a selection. */
export function matches(
  selector: readonly Filter[],
  { uri, languageId }: StandInDocument,
): boolean {
  return selector.some(({ scheme, language, pattern }) =>
    (scheme === undefined || scheme === uri.scheme) &&
    (language === undefined || language === languageId) &&
    (pattern === undefined || matchesGlob(uri.path, globOf(pattern)))
  );
}

function globOf(pattern: NonNullable<Filter["pattern"]>): string {
  if (typeof pattern === "string") return pattern;
  const [base, below] = pattern.made;
  return `${base.path}/${below}`;
}
