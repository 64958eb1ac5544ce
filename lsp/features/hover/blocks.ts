import { type MarkupContent, MarkupKind } from "vscode-languageserver-types";
import { type Json, redactJson } from "../../../schemas/mod.ts";
import { hideSecrets } from "../../../schemas/checker.ts";

/** A part of what is shown about a place, before it is written for a client. */
export type Block =
  /** What it is about, and a few words on it. */
  | { readonly kind: "title"; readonly title: string; readonly words: string }
  /** As an author wrote it, perhaps in markdown. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "facts"; readonly facts: readonly Fact[] }
  | {
    readonly kind: "code";
    readonly language: string;
    readonly text: string;
  }
  | { readonly kind: "picture"; readonly name: string; readonly uri: string };

/** A name and its values; those that are written in documents as they stand are code. */
export interface Fact {
  readonly name: string;
  readonly values: readonly string[];
  readonly code?: boolean;
}

/** Writes blocks as markdown, or as plain text without pictures. What looks like a secret is covered. */
export function markupOf(
  blocks: readonly Block[],
  markdown: boolean,
): MarkupContent {
  const write = markdown ? asMarkdown : asText;
  const parts = blocks.map((each) => write(covered(each)));
  return {
    kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText,
    value: parts.filter((each) => each !== "").join("\n\n"),
  };
}

function covered(block: Block): Block {
  if (block.kind === "picture") {
    return { ...block, name: hideSecrets(block.name) };
  }
  return redactJson(block as unknown as Json, hideSecrets) as unknown as Block;
}

function asMarkdown(block: Block): string {
  switch (block.kind) {
    case "title":
      return [`**${escaped(block.title)}**`, escaped(block.words)]
        .filter((each) => each !== "").join(" · ");
    case "text":
      return block.text;
    case "facts":
      return block.facts.map(({ name, values, code = false }) =>
        `- ${name}: ${values.map(code ? codeSpan : escaped).join(", ")}`
      ).join("\n");
    case "code":
      return `\`\`\`${block.language}\n${block.text}\n\`\`\``;
    case "picture":
      return `![${escaped(block.name)}](${block.uri})`;
  }
}

function asText(block: Block): string {
  switch (block.kind) {
    case "title":
      return [block.title, block.words].filter((each) => each !== "")
        .join(": ");
    case "facts":
      return block.facts.map(({ name, values }) =>
        `${name}: ${values.join(", ")}`
      ).join("\n");
    case "picture":
      return "";
    default:
      return block.text;
  }
}

/** Text in which markdown sees no markup. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~]/g, "\\$&");
}

/** Code between as many backticks as it takes. */
function codeSpan(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = "`".repeat(
    1 + Math.max(0, ...runs.map(({ length }) => length)),
  );
  return runs.length === 0
    ? `${fence}${text}${fence}`
    : `${fence} ${text} ${fence}`;
}
