import {
  type Finding,
  languagesOf,
  matches,
  type Registered,
  type StandInDocument,
} from "./stand_in_languages.ts";
import { Emitter, partOf, StandInUri, Tab, TYPES } from "./stand_in_types.ts";

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
  /** What people press in a message, where it has such a button. */
  presses: string | undefined;
  clipboard: string | undefined;
}

/** VS Code as far as an extension sees it, without a window. */
export interface StandIn {
  /** What `require("vscode")` answers. */
  readonly vscode: object;
  readonly noted: Noted;
  /** Opens a file, in place of the document that was open of it. */
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
    presses: undefined,
    clipboard: undefined,
  };
  const state: State = { settings: {}, documents: [] };
  const configure = (settings: Settings) => {
    state.settings = { ...state.settings, ...settings };
    event("onDidChangeConfiguration").fire({
      affectsConfiguration: (name: string) =>
        Object.keys(settings).some((each) => `${each}.`.startsWith(`${name}.`)),
    });
  };
  const vscode = {
    ...TYPES,
    version: "1.91.0",
    env: partOf(environmentOf(noted), event),
    commands: commandsOf(noted),
    languages: partOf(languagesOf(noted), event),
    window: partOf(windowOf(noted, state), event),
    workspace: partOf(workspaceOf(folders, { state, configure }), event),
  };
  return {
    vscode,
    noted,
    open(path, text) {
      const document = documentOf(path, text);
      const { documents } = state;
      const old = documents.findIndex(({ uri }) => uri.path === path);
      for (const each of old < 0 ? [] : documents.splice(old, 1)) {
        event("onDidCloseTextDocument").fire(each);
      }
      documents.push(document);
      event("onDidOpenTextDocument").fire(document);
      event("onDidChangeActiveTextEditor").fire({ document });
      return document;
    },
    edit(document, text) {
      Object.assign(document, textOf(text));
      const contentChanges = [{ text }];
      event("onDidChangeTextDocument").fire({ document, contentChanges });
    },
    configure,
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

function environmentOf(noted: Noted): object {
  return {
    language: "en",
    appName: "stand-in",
    clipboard: {
      writeText: (text: string) =>
        Promise.resolve(void (noted.clipboard = text)),
    },
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

function windowOf(noted: Noted, { documents }: State): object {
  const say = (text: string, ...buttons: readonly string[]) => {
    noted.messages.push(text);
    return Promise.resolve(buttons.find((each) => each === noted.presses));
  };
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

function workspaceOf(
  folders: readonly string[],
  { state, configure }: {
    readonly state: State;
    readonly configure: StandIn["configure"];
  },
): object {
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
    name: folders.join(),
    isTrusted: true,
    getConfiguration: (section: string) => ({
      get: (name: string) => state.settings[`${section}.${name}`],
      update: (name: string, value: unknown) =>
        Promise.resolve(configure({ [`${section}.${name}`]: value })),
    }),
  };
}
