import {
  type CodeAction,
  CodeActionKind,
  type Command,
  type Diagnostic as LspDiagnostic,
} from "vscode-languageserver";
import type { ClientAbilities } from "../../feature.ts";
import { type DocumentEdits, workspaceEdit } from "../../workspace_edit.ts";
import { COMMANDS } from "../commands/names.ts";

/** Kinds of actions beside quick fixes, by which editors and settings ask for them. */
export const KINDS = {
  fix: CodeActionKind.QuickFix,
  fixAll: "source.fixAll.theoryctl",
  run: "source.theoryctl.run",
  resolved: "source.theoryctl.resolved",
  processor: "refactor.theoryctl.processor",
} as const;

/** Something that may be done about a document, before it is known what the client understands. */
export interface Offer {
  readonly title: string;
  readonly kind: typeof KINDS[keyof typeof KINDS];
  readonly edits?: DocumentEdits;
  readonly command?: Command;
  /** What it puts right. */
  readonly diagnostics?: readonly LspDiagnostic[];
  readonly preferred?: boolean;
}

/** Whether a client that asks for these kinds only wants this one; kinds hold those below them. */
export function wanted(
  kind: string,
  only: readonly string[] | undefined,
): boolean {
  return only === undefined ||
    only.some((each) =>
      each === "" || kind === each || kind.startsWith(`${each}.`)
    );
}

/** An offer as the client understands it; undefined when it understands none of its forms. */
export function actionOf(
  { title, kind, edits, command, diagnostics = [], preferred }: Offer,
  client: ClientAbilities,
): CodeAction | Command | undefined {
  const edit = edits === undefined ? undefined : workspaceEdit([edits], client);
  if (!client.codeActionLiterals) {
    if (edits === undefined) return command;
    if (!client.applyEdit) return undefined;
    return {
      title,
      command: COMMANDS.applyEdit,
      arguments: [{ uri: edits.uri, title, edit }],
    };
  }
  return {
    title,
    kind,
    ...(edit === undefined ? {} : { edit }),
    ...(command === undefined ? {} : { command }),
    ...(diagnostics.length === 0 ? {} : { diagnostics: [...diagnostics] }),
    ...(preferred === true ? { isPreferred: true } : {}),
  };
}
