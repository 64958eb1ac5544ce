import {
  type SymbolInformation,
  SymbolKind,
  WorkspaceSymbolRequest,
} from "vscode-languageserver";
import {
  workspaceFeature,
  type WorkspacePage,
  type WorkspaceScope,
} from "../feature.ts";
import { locationOf } from "./definition.ts";
import type { AttachmentWord, ProcessorWord, Word } from "./words/word.ts";
import { wordsOf } from "./words/words_of.ts";

/** Most symbols of one answer: a client asks again with every letter. */
const MOST = 1_000;

/** Processors and attachments of the open folders by name: where they are declared, and which documents are for what. */
export const WORKSPACE_SYMBOLS = workspaceFeature({
  type: WorkspaceSymbolRequest.type,
  capability: () => ({ workspaceSymbolProvider: true }),
  answerAll: ({ query }, scope) => workspaceSymbols(query, scope),
});

export async function workspaceSymbols(
  query: string,
  { pages, signal }: WorkspaceScope,
): Promise<SymbolInformation[]> {
  const found: SymbolInformation[] = [];
  for await (const page of pages()) {
    if (signal.aborted || found.length >= MOST) break;
    found.push(...symbolsOf(page).filter(({ name }) => fits(name, query)));
  }
  return found.slice(0, MOST);
}

function symbolsOf(page: WorkspacePage): readonly SymbolInformation[] {
  const containerName = page.source.name;
  return wordsOf(page).filter(isNamed).map((word) => ({
    name: word.kind === "attachment" ? word.name : word.ref,
    kind: kindOf(word),
    location: locationOf({ page, word }),
    containerName,
  }));
}

type Named = AttachmentWord | ProcessorWord;

/** Of attachments the declarations, of processors everything: a document is found by what it is for. */
function isNamed(word: Word): word is Named {
  return word.kind === "processor" ||
    (word.kind === "attachment" && word.role === "declaration");
}

function kindOf({ kind, role }: Named): SymbolKind {
  if (kind === "attachment") return SymbolKind.File;
  return role === "declaration" ? SymbolKind.Class : SymbolKind.Object;
}

/** Whether the letters of a query come in a name, in this order; clients sort what fits. */
function fits(name: string, query: string): boolean {
  let at = 0;
  const lower = name.toLowerCase();
  for (const letter of query.toLowerCase()) {
    at = lower.indexOf(letter, at) + letter.length;
    if (at < letter.length) return false;
  }
  return true;
}
