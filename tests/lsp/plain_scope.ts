import type { ClientAbilities, Scope } from "../../lsp/feature.ts";
import type { ClientWindow } from "../../lsp/client_window.ts";
import type { Host } from "../../lsp/mod.ts";
import { plainHost } from "./plain_host.ts";

/** A client that can do everything, and one that can do nothing. */
export const ABLE = abilities(true);
export const UNABLE = abilities(false);

function abilities(can: boolean): ClientAbilities {
  return {
    markdown: can,
    pictures: can,
    snippets: can,
    codeActionLiterals: can,
    resourceOperations: can,
    documentChanges: can,
    hierarchicalSymbols: can,
    showDocument: can,
    relatedInformation: can,
    codeDescription: can,
    pullDiagnostics: can,
    workspaceConfiguration: can,
    watchedFiles: can,
    workDoneProgress: can,
    textDocumentContent: can,
    applyEdit: can,
  };
}

/** What a request was told and asked of the client, as lines. */
export interface Told {
  readonly window: ClientWindow;
  readonly lines: readonly string[];
  /** Stops what goes on, as a person would. */
  readonly stop: () => void;
}

/** A client window that writes down what it is told. */
export function toldWindow(): Told {
  const lines: string[] = [];
  const stopping = new AbortController();
  const window: ClientWindow = {
    say: (kind, message) => void lines.push(`${kind}: ${message}`),
    show(uri) {
      lines.push(`show ${uri}`);
      return Promise.resolve(true);
    },
    apply(edit) {
      lines.push(`apply ${JSON.stringify(edit)}`);
      return Promise.resolve(true);
    },
    progress(title) {
      lines.push(`begin ${title}`);
      const end = () => void lines.push("end");
      return Promise.resolve({ signal: stopping.signal, end });
    },
    report(_view, diagnostics) {
      for (const { code, message, span } of diagnostics) {
        lines.push(`${code} ${span.start}-${span.end}: ${message}`);
      }
    },
  };
  return { window, lines, stop: () => stopping.abort() };
}

/** What a feature may ask, over a plain host. */
export function plainScope(
  host: Host = plainHost(),
  more: Partial<Scope> = {},
): Scope {
  return {
    host,
    files: host.files,
    registry: host.registry({ roots: [] }),
    client: ABLE,
    window: toldWindow().window,
    views: () => [],
    signal: new AbortController().signal,
    ...more,
  };
}
