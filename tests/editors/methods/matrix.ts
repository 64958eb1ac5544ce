import { answered } from "./answered.ts";
import { KINDS } from "./documents.ts";

/** What each request of a feature is, to people. */
const WORDS: Readonly<Record<string, string>> = {
  "textDocument/completion":
    "keys, values, processors, attachments, files, beginnings of documents",
  "completionItem/resolve": "documentation of what is chosen in the list",
  "textDocument/hover": "documentation; the file behind an attachment",
  "textDocument/definition": "where a name is declared",
  "textDocument/references": "where a name is used",
  "textDocument/documentHighlight": "the same, in the document",
  "textDocument/prepareRename": "whether a name can be changed",
  "textDocument/rename": "attachment names, wherever they stand",
  "textDocument/documentLink": "attached files, entries, web addresses",
  "textDocument/documentSymbol": "outline",
  "workspace/symbol": "processors and attachments in all folders",
  "textDocument/foldingRange": "folding",
  "textDocument/selectionRange": "growing selections",
  "textDocument/formatting": "formatting",
  "textDocument/rangeFormatting": "formatting of a part",
  "textDocument/inlayHint": "the file of an attachment, and its size",
  "textDocument/codeAction": "quick fixes, fix-all, set processor, mock run",
  "textDocument/codeLens": "what it is validated as, mock run",
  "workspace/executeCommand": "the commands of actions and lenses",
  "theory/resolved": "the payload as it will be sent",
  "workspace/textDocumentContent": "the same, as a read-only document",
  "theory/status": "what a status line shows",
};

/** The table in docs/editors.md: what is answered for which documents, as it is found by asking. */
export async function methodMatrix(): Promise<string> {
  const rows = [...await answered()].map(([method, kinds]) => {
    const cells = KINDS.map((kind) => kinds.has(kind) ? "✓" : "–");
    return `| \`${method}\` | ${wordsOf(method)} | ${cells.join(" | ")} |`;
  });
  return [
    `| method | is | ${KINDS.join(" | ")} |`,
    `|---|---|${KINDS.map(() => ":-:").join("|")}|`,
    ...rows,
  ].join("\n");
}

/** Throws for a method that has no words yet. */
function wordsOf(method: string): string {
  const words = WORDS[method];
  if (words === undefined) throw new Error(`No words for "${method}"`);
  return words;
}

const BEGIN = "<!-- Made by `deno task docs`: what the server answers. -->";
const END = "<!-- End of what is made. -->";

/** The page with the table as it has to be. */
export async function withMatrix(page: string): Promise<string> {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) {
    throw new Error("The page has no place for the table");
  }
  return `${before}${BEGIN}\n\n${await methodMatrix()}\n\n${END}${after}`;
}
