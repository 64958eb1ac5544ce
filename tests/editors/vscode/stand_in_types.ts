import { posix } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** An event as extensions listen to it. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => unknown>();

  readonly event = (
    listener: (value: T) => unknown,
    self?: unknown,
  ): { dispose(): void } => {
    const bound = (value: T) => listener.call(self, value);
    this.#listeners.add(bound);
    return { dispose: () => void this.#listeners.delete(bound) };
  };

  fire(value: T): void {
    for (const each of [...this.#listeners]) each(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

/** An address. */
export class StandInUri {
  private constructor(
    readonly scheme: string,
    readonly path: string,
    readonly query = "",
  ) {}

  static file(path: string): StandInUri {
    return new StandInUri("file", path);
  }

  static parse(text: string): StandInUri {
    const { protocol, pathname, search } = new URL(text);
    const path = protocol === "file:" ? fileURLToPath(text) : pathname;
    return new StandInUri(protocol.slice(0, -1), path, search.slice(1));
  }

  static joinPath({ scheme, path }: StandInUri, ...more: string[]): StandInUri {
    return new StandInUri(scheme, posix.join(path, ...more));
  }

  get fsPath(): string {
    return this.path;
  }

  toString(): string {
    if (this.scheme === "file") return pathToFileURL(this.path).href;
    return `${this.scheme}:${this.path}${this.query && `?${this.query}`}`;
  }
}

export class Place {
  constructor(readonly line: number, readonly character: number) {}
}

export class Area {
  readonly start: Place;
  readonly end: Place;

  constructor(...at: [number, number, number, number] | [Place, Place]) {
    const [a, b, c, d] = at;
    this.start = a instanceof Place ? a : new Place(a, b as number);
    this.end = b instanceof Place ? b : new Place(c as number, d as number);
  }
}

class Disposed {
  constructor(readonly dispose: () => void) {}

  static from(...all: { dispose(): unknown }[]): Disposed {
    return new Disposed(() => all.forEach((each) => each.dispose()));
  }
}

class Cancellation {
  readonly #emitter = new Emitter<void>();
  readonly token = {
    isCancellationRequested: false,
    onCancellationRequested: this.#emitter.event,
  };

  cancel(): void {
    this.token.isCancellationRequested = true;
    this.#emitter.fire();
  }

  dispose(): void {}
}

/** Types of which nobody in the tests needs more than that they hold what they are made of. */
const NAMES = `
CallHierarchyIncomingCall CallHierarchyItem CallHierarchyOutgoingCall CancellationError CodeAction
CodeActionKind CodeActionTriggerKind CodeLens Color ColorInformation
ColorPresentation CompletionItem CompletionItemKind CompletionItemTag CompletionList
CompletionTriggerKind ConfigurationTarget Diagnostic DiagnosticRelatedInformation DiagnosticSeverity
DiagnosticTag DocumentHighlight DocumentHighlightKind DocumentLink DocumentSymbol
FileType FoldingRange FoldingRangeKind Hover InlayHint
InlayHintLabelPart InlineCompletionItem InlineCompletionList InlineCompletionTriggerKind InlineValueEvaluatableExpression
InlineValueText InlineValueVariableLookup LinkedEditingRanges Location LogLevel
MarkdownString NotebookCellKind ParameterInformation ProgressLocation RelativePattern
SelectionRange SemanticTokens SemanticTokensEdit SemanticTokensEdits SignatureHelp
SignatureHelpTriggerKind SignatureInformation SnippetString StatusBarAlignment SymbolInformation
SymbolKind SymbolTag TabInputCustom TabInputNotebook TabInputText
TabInputTextDiff TextDocumentSaveReason TextEdit ThemeColor TypeHierarchyItem
WorkspaceEdit
`;

class Made {
  readonly made: readonly unknown[];

  constructor(...made: unknown[]) {
    this.made = made;
  }
}

class Finding extends Made {
  get range(): unknown {
    return this.made[0];
  }
}

/** What is shown in a tab. */
export class Tab extends Made {
  get uri(): unknown {
    return this.made[0];
  }
}

/** Kinds of actions: words with dots between them. */
class Kind {
  static readonly Empty = new Kind("");
  static readonly QuickFix = new Kind("quickfix");
  static readonly Refactor = new Kind("refactor");
  static readonly Source = new Kind("source");

  constructor(readonly value: string) {}

  append(more: string): Kind {
    return new Kind(this.value === "" ? more : `${this.value}.${more}`);
  }
}

/** The types of the module. */
export const TYPES: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(
    NAMES.trim().split(/\s+/).map((name) => [name, class extends Made {}]),
  ),
  Diagnostic: Finding,
  TabInputText: Tab,
  CodeActionKind: Kind,
  LogLevel: { Off: 0, Trace: 1, Info: 3 },
  Uri: StandInUri,
  Position: Place,
  Range: Area,
  EventEmitter: Emitter,
  Disposable: Disposed,
  CancellationTokenSource: Cancellation,
};

/** The members of a part of the module; those that nobody wrote are events, or register and create what does nothing. */
export function partOf(
  members: object,
  event: (name: string) => Emitter<unknown>,
): object {
  return new Proxy(members, {
    get(members, name) {
      if (name in members || typeof name !== "string") {
        return Reflect.get(members, name);
      }
      if (/^on[A-Z]/.test(name)) return event(name).event;
      return /^(?:register|create|set)[A-Z]/.test(name)
        ? () => ({ dispose() {} })
        : undefined;
    },
  });
}
