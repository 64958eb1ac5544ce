import type { FileState } from "../check_types.ts";
import { declareAttachment } from "../declare_attachment.ts";
import { diagnose } from "../diagnose.ts";
import type { Diagnostic, Fix } from "../diagnostic.ts";
import { pointerOf } from "../json_pointer.ts";
import { placeInMessage } from "../place_name.ts";
import { kindOf, oneOf, showNode } from "../show_value.ts";
import type { Source, Span } from "../source.ts";
import { shortText } from "../tree_rules.ts";
import { type ObjectNode, property } from "../tree.ts";
import { endOfValue } from "../value_end.ts";
import { asText, writing } from "../writing.ts";
import type { AttachmentScope } from "./attachments.ts";
import { type Declaration, toDeclaration } from "./declarations.ts";
import type { Attach } from "./survey.ts";
import { undeclaring } from "./undeclaring.ts";

const FORM = '{"$attach": "name"}';

/** An `$attach` object that is not exactly `{"$attach": "name"}`. */
export function wrongForm(
  { node, path }: Attach,
  source: Source,
): readonly Diagnostic[] {
  const name = property(node, "$attach")?.value;
  if (name === undefined) return [];
  const pointer = pointerOf(path);
  if (name.kind !== "scalar" || typeof name.value !== "string") {
    return [diagnose(
      "ERR_VALUE_TYPE",
      `Cannot attach ${showNode(name)}: the name is ${kindOf(name)}`,
      {
        span: name.span,
        pointer: `${pointer}/$attach`,
        expected: FORM,
        fixes: asText(name, source),
      },
    )];
  }
  const extra = node.properties.filter(({ key }) => key !== "$attach");
  const [first] = extra;
  // Without another key, `$attach` stands twice, which is told already.
  if (first === undefined) return [];
  return [diagnose(
    "ERR_ATTACH_EXTRA_KEYS",
    `Cannot attach ${shortText(name.value)} at ${placeInMessage(path)}: key ${
      shortText(first.key)
    } stands beside "$attach"`,
    {
      span: first.keySpan,
      pointer,
      expected: FORM,
      fixes: [{
        title: "Remove the other keys",
        edits: [{ span: node.span, text: alone(node, source) }],
        choice: true,
      }],
    },
  )];
}

/** The `$attach` object as it is written, without its other keys. */
function alone(node: ObjectNode, { text }: Source): string {
  const attach = property(node, "$attach");
  if (attach === undefined) return "{}";
  const end = endOfValue(text, attach, node.span.end);
  const pair = text.slice(attach.keySpan.start, end);
  return text.charAt(node.span.start) === "{" ? `{${pair}}` : pair;
}

/** A name that nothing declares. */
export function unknownName(
  { node, use, path }: Attach,
  scope: AttachmentScope & {
    readonly near: string | undefined;
    /** Whether nothing else can be meant. */
    readonly sure: boolean;
  },
): Diagnostic {
  const { near, declared, sure } = scope;
  const name = use?.name ?? "";
  const hint = near === undefined ? "" : `, did you mean ${shortText(near)}`;
  const complete = scope.context.attachmentsComplete;
  const found = complete
    ? "no attachment has this name"
    : "the document does not declare it";
  const value = property(node, "$attach")?.value;
  const renaming = near === undefined || value === undefined
    ? []
    : [unsureUnless(sure, writing(scope.source, value.span, near))];
  return diagnose(
    complete ? "ERR_ATTACH_UNKNOWN" : "HINT_ATTACH_UNDECLARED",
    `Cannot attach ${shortText(name)}: ${found}${hint}`,
    {
      span: node.span,
      pointer: pointerOf(path),
      expected: declared.size === 0
        ? `--attach ${name}=FILE or $attachments`
        : oneOf([...declared.keys()].slice(0, 21)),
      fixes: [...renaming, declaring(name, scope)],
    },
  );
}

function unsureUnless(sure: boolean, fix: Fix): Fix {
  return sure ? fix : { ...fix, choice: true };
}

/** The path is for a person to fill in. */
function declaring(name: string, { source, root }: AttachmentScope): Fix {
  const path = `path/to/${name}`;
  return {
    title: `Declare ${shortText(name)} in $attachments`,
    edits: [declareAttachment(source, root, { name, path })],
    choice: true,
  };
}

const NO_FILE = {
  missing: { code: "ERR_ATTACH_MISSING", found: "does not exist" },
  directory: { code: "ERR_ATTACH_DIRECTORY", found: "is a folder" },
  unreadable: { code: "ERR_ATTACH_UNREADABLE", found: "cannot be read" },
} as const;

/** A declared file that cannot be attached. */
export function noFile(
  declaration: Declaration,
  kind: Exclude<FileState["kind"], "file" | "unknown">,
  place: { readonly span: Span; readonly pointer: string },
): Diagnostic {
  const { name, path, from, elsewhere } = declaration;
  const { code, found } = NO_FILE[kind];
  return diagnose(
    code,
    `Cannot attach ${shortText(name)}: ${shortText(path)} ${found}`,
    {
      ...place,
      expected: `a file; relative paths start at ${START[from]}`,
      ...(elsewhere === undefined ? {} : toDeclaration(declaration)),
    },
  );
}

const START = {
  document: "the document",
  command: "the working folder",
  settings: "the folder of the settings",
} as const;

/** A declaration that no `$attach` names. */
export function unusedName(
  { name, at }: Declaration,
  { source, root }: AttachmentScope,
): Diagnostic {
  return diagnose(
    at === undefined ? "ERR_ATTACH_UNUSED" : "WARN_ATTACH_UNUSED",
    `Cannot use attachment ${
      shortText(name)
    }: nothing in the document names it`,
    {
      span: at?.name ?? { start: 0, end: 0 },
      pointer: at?.pointer ?? "",
      expected: `{"$attach": ${JSON.stringify(name)}} in params`,
      fixes: undeclaring({ name, at }, { source, root }),
    },
  );
}
