import type { CheckContext, DeclaredAttachment } from "../check_types.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { suggester } from "../nearest.ts";
import type { Source } from "../source.ts";
import type { ObjectNode } from "../tree.ts";
import * as say from "./attachment_words.ts";
import type { Declaration } from "./declarations.ts";
import type { Attach } from "./survey.ts";

export interface AttachmentsChecked {
  readonly used: readonly DeclaredAttachment[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface AttachmentScope {
  readonly source: Source;
  readonly root: ObjectNode;
  readonly context: CheckContext;
  readonly declared: ReadonlyMap<string, Declaration>;
}

/** Names, files and forms of attachments: what is used must be declared, there, and the other way round. */
export function attachmentDiagnostics(
  attaches: readonly Attach[],
  scope: AttachmentScope,
): AttachmentsChecked {
  const { declared } = scope;
  const first = new Map<string, Attach>();
  const unknown: Attach[] = [];
  for (const attach of attaches) {
    const name = attach.use?.name;
    if (name === undefined) continue;
    if (!declared.has(name)) unknown.push(attach);
    else if (!first.has(name)) first.set(name, attach);
  }
  const used = [...declared.values()].filter(({ name }) => first.has(name));
  const near = suggestions(unknown, [...declared.keys()]);
  return {
    used: used.map(({ name, path, from }) => ({ name, path, from })),
    diagnostics: [
      ...attaches.filter(({ use }) => use === undefined)
        .flatMap((each) => say.wrongForm(each, scope.source)),
      ...unknown.map((attach) =>
        say.unknownName(attach, meantOf(attach, near, { scope, first }))
      ),
      ...used.flatMap((each) => fileProblem(each, first, scope)),
      ...unused(scope, [
        ...attaches.map(({ name }) => name),
        ...unknown.map(near),
      ]),
    ],
  };
}

/** A name that is used elsewhere is hardly what another one is meant to be: image1 is not image2. */
function meantOf(
  attach: Attach,
  near: (attach: Attach) => string | undefined,
  { scope, first }: {
    readonly scope: AttachmentScope;
    readonly first: ReadonlyMap<string, Attach>;
  },
): Parameters<typeof say.unknownName>[1] {
  const name = near(attach);
  const sure = name !== undefined && !first.has(name);
  return { ...scope, near: name, sure };
}

/** Answers the name that an unknown one most likely means. */
function suggestions(
  unknown: readonly Attach[],
  names: readonly string[],
): (attach: Attach) => string | undefined {
  const suggest = suggester();
  const near = new Map<string, string | undefined>();
  for (const { use } of unknown) {
    if (use !== undefined && !near.has(use.name)) {
      near.set(use.name, suggest(use.name, names));
    }
  }
  return ({ use }) => use && near.get(use.name);
}

function fileProblem(
  declaration: Declaration,
  first: ReadonlyMap<string, Attach>,
  { context }: AttachmentScope,
): readonly Diagnostic[] {
  const { name, path, from, at } = declaration;
  const state = context.probe(path, from);
  const use = first.get(name)?.use;
  const place = at === undefined
    ? use && { span: use.span, pointer: use.pointer }
    : { span: at.path, pointer: at.pointer };
  const known = state.kind === "file" || state.kind === "unknown";
  if (known || place === undefined) return [];
  return [say.noFile(declaration, state.kind, place)];
}

/** A declaration that was probably meant by a mistyped use counts as used. */
function unused(
  scope: AttachmentScope,
  names: readonly (string | undefined)[],
): readonly Diagnostic[] {
  const { context, declared } = scope;
  const named = new Set(names);
  return [...declared.values()]
    .filter(({ name }) => !named.has(name))
    .filter(({ from }) =>
      from === "document" || (from === "command" && context.attachmentsComplete)
    )
    .map((each) => say.unusedName(each, scope));
}
