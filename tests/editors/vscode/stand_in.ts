import { matchesGlob } from "node:path";
import {
  type Area,
  Emitter,
  partOf,
  StandInUri,
  Tab,
  TYPES,
} from "./stand_in_types.ts";

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

interface Finding {
  readonly code: { readonly value: string };
  readonly range: Area;
}

/** What a stand-in noted. */
export interface Noted {
  readonly commands: Map<string, (...args: unknown[]) => unknown>;
  readonly registered: Set<Registered>;
  /** Findings that are shown, by the address of their document. */
  readonly findings: Map<string, readonly Finding[]>;
  /** What people were told. */
  readonly messages: string[];
  /** What was written to the output channel. */
  readonly log: string[];
  /** The text in the status bar; undefined while it is hidden. */
  status: string | undefined;
}

/** VS Code as far as an extension sees it, without a window. */
export interface StandIn {
  /** What `require("vscode")` answers. */
  readonly vscode: object;
  readonly noted: Noted;
  readonly open: (path: string, text: string) => StandInDocument;
  /** Replaces the text of an open document, which is told as an edit of it. */
  readonly edit: (document: StandInDocument, text: string) => void;
  /** Changes settings, by their full names. */
  readonly configure: (settings: Settings) => void;
  /** What is registered of a kind for a document. */
  readonly providers: (
    kind: string,
    document: StandInDocument,
  ) => readonly Registered["provider"][];
}

type Settings = Readonly<Record<string, unknown>>;

/** `folders` are those of the workspace, absolute. */
export function standIn(folders: readonly string[]): StandIn {
  const events = new Map<string, Emitter<unknown>>();
  const event = (name: string) => {
    const emitter = events.get(name) ?? new Emitter();
    events.set(name, emitter);
    return emitter;
  };
  const noted: Noted = {
    commands: new Map(),
    registered: new Set(),
    findings: new Map(),
    messages: [],
    log: [],
    status: undefined,
  };
  const state: State = { settings: {}, documents: [] };
  const vscode = {
    ...TYPES,
    version: "1.91.0",
    env: partOf({ language: "en", appName: "stand-in" }, event),
    commands: commandsOf(noted),
    languages: partOf(languagesOf(noted), event),
    window: partOf(windowOf(noted, state), event),
    workspace: partOf(workspaceOf(folders, state), event),
  };
  return {
    vscode,
    noted,
    open(path, text) {
      const document = documentOf(path, text);
      state.documents.push(document);
      event("onDidOpenTextDocument").fire(document);
      event("onDidChangeActiveTextEditor").fire({ document });
      return document;
    },
    edit(document, text) {
      Object.assign(document, textOf(text));
      const contentChanges = [{ text }];
      event("onDidChangeTextDocument").fire({ document, contentChanges });
    },
    configure(settings) {
      state.settings = { ...state.settings, ...settings };
      event("onDidChangeConfiguration").fire({
        affectsConfiguration: (name: string) =>
          Object.keys(settings).some((each) =>
            `${each}.`.startsWith(`${name}.`)
          ),
      });
    },
    providers: (kind, document) =>
      [...noted.registered].flatMap((each) =>
        each.kind === kind && matches(each.selector, document)
          ? [each.provider]
          : []
      ),
  };
}

/** What the window has now. The last document that was opened is the active one. */
interface State {
  settings: Settings;
  readonly documents: StandInDocument[];
}

function documentOf(path: string, text: string): StandInDocument {
  const ending = path.slice(path.lastIndexOf(".") + 1);
  return {
    uri: StandInUri.file(path),
    languageId: ending === "yml" ? "yaml" : ending,
    version: 1,
    isClosed: false,
    ...textOf(text),
  };
}

function textOf(
  text: string,
): Pick<StandInDocument, "getText" | "lineCount" | "lineAt"> {
  const lines = text.split("\n");
  return {
    getText: () => text,
    lineCount: lines.length,
    lineAt: (line) => ({ text: lines[line] ?? "" }),
  };
}

function commandsOf({ commands }: Noted): object {
  return {
    registerCommand(name: string, action: () => unknown) {
      commands.set(name, action);
      return { dispose: () => commands.delete(name) };
    },
  };
}

function languagesOf({ registered, findings }: Noted): object {
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

function matches(
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

function windowOf(noted: Noted, { documents }: State): object {
  const say = (text: string) => Promise.resolve(void noted.messages.push(text));
  const editor = () => {
    const document = documents.at(-1);
    return document && { document };
  };
  return {
    get activeTextEditor() {
      return editor();
    },
    get visibleTextEditors() {
      return [editor()].filter((each) => each !== undefined);
    },
    showErrorMessage: say,
    showWarningMessage: say,
    showInformationMessage: say,
    tabGroups: {
      get all() {
        const tabs = documents.map(({ uri }) => ({ input: new Tab(uri) }));
        return [{ tabs }];
      },
      onDidChangeTabs: new Emitter().event,
      onDidChangeTabGroups: new Emitter().event,
    },
    createOutputChannel: () =>
      new Proxy({
        info: (text: string) => noted.log.push(text),
      }, {
        get: (members, name) =>
          Reflect.get(members, name) ?? (() => ({ dispose() {} })),
      }),
    createStatusBarItem: () => ({
      text: "",
      show() {
        noted.status = this.text;
      },
      hide: () => void (noted.status = undefined),
      dispose: () => void (noted.status = undefined),
    }),
  };
}

function workspaceOf(folders: readonly string[], state: State): object {
  const workspaceFolders = folders.map((path, index) => ({
    uri: StandInUri.file(path),
    name: path,
    index,
  }));
  return {
    workspaceFolders,
    textDocuments: state.documents,
    notebookDocuments: [],
    getWorkspaceFolder: ({ path }: StandInUri) =>
      workspaceFolders.find(({ uri }) => path.startsWith(`${uri.path}/`)),
    getConfiguration: (section: string) => ({
      get: (name: string) => state.settings[`${section}.${name}`],
    }),
  };
}
