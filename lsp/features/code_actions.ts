import {
  type CodeAction,
  type CodeActionContext,
  CodeActionRequest,
  CodeActionTriggerKind,
  type Command,
  type Range,
} from "vscode-languageserver";
import type { Span } from "../../schemas/mod.ts";
import { chosenEdits, unasked } from "../../schemas/checker.ts";
import { feature, type Scope } from "../feature.ts";
import type { InputsView, View } from "../view.ts";
import { declareFiles } from "./code_actions/choose_file.ts";
import { commandOffers } from "./code_actions/command_offers.ts";
import { fixedAll } from "./code_actions/fixed_all.ts";
import { markRemoval } from "./code_actions/mark_removal.ts";
import { nearFiles } from "./code_actions/near_files.ts";
import { actionOf, KINDS, type Offer, wanted } from "./code_actions/offer.ts";
import { quickFixes } from "./code_actions/quick_fixes.ts";
import { processorOffers } from "./code_actions/set_processor.ts";
import { COMMANDS } from "./commands/names.ts";

/** What can be done about a place: fixes first, then what concerns the whole document. */
export const CODE_ACTIONS = feature({
  type: CodeActionRequest.type,
  capability: ({ client }) => ({
    codeActionProvider: client.codeActionLiterals
      ? { codeActionKinds: Object.values(KINDS) }
      : true,
  }),
  uri: ({ textDocument }) => textDocument.uri,
  answer: ({ range, context }, view, scope) =>
    codeActions(view, { range, context }, scope),
  empty: [],
});

export type CodeActionScope = Pick<Scope, "client" | "host" | "registry">;

/** Where actions are asked for, and which. */
export interface CodeActionsAsked {
  readonly range: Range;
  readonly context: CodeActionContext;
}

export function codeActions(
  view: View,
  { range, context }: CodeActionsAsked,
  scope: CodeActionScope,
): (CodeAction | Command)[] {
  const span = {
    start: view.offset(range.start),
    end: view.offset(range.end),
  };
  const asked = { span, shown: context.diagnostics };
  const { files } = scope.host;
  const declared = view.kind !== "inputs"
    ? []
    : wantedOf(KINDS.fix, context, () => declareFiles(view, asked, files));
  const offers = [
    ...declared,
    ...wantedOf(KINDS.fix, context, () => nearFiles(view, asked, files)),
    ...wantedOf(KINDS.fix, context, () => quickFixes(view, asked)),
    ...wantedOf(
      KINDS.fixAll,
      context,
      () => fixAllOffers(view, scope, context),
    ),
    ...(view.kind === "inputs"
      ? aboutDocument(view, { span, context }, scope)
      : []),
  ];
  return offers.flatMap((each) => actionOf(each, scope.client) ?? []);
}

/** What is offered when somebody asks, not each time that the cursor moves. */
function aboutDocument(
  view: InputsView,
  { span, context }: {
    readonly span: Span;
    readonly context: CodeActionContext;
  },
  { host, registry }: CodeActionScope,
): Offer[] {
  const { only, triggerKind } = context;
  if (triggerKind === CodeActionTriggerKind.Automatic && only === undefined) {
    return [];
  }
  return [
    ...wantedOf(KINDS.processor, context, () =>
      processorOffers(view, {
        refs: registry.refs,
        span: only === undefined ? span : undefined,
      })),
    ...commandOffers(view, host).filter(({ kind }) => wanted(kind, only)),
  ];
}

function wantedOf(
  kind: string,
  { only }: CodeActionContext,
  offers: () => Offer[],
): Offer[] {
  return wanted(kind, only) ? offers() : [];
}

/** Costs a check for each round, so that an editor that asks for anything gets a command for it if it can take one. */
function fixAllOffers(
  view: View,
  scope: CodeActionScope,
  { only }: CodeActionContext,
): Offer[] {
  const mark = markRemoval(view);
  if (mark === undefined && chosenEdits(view.diagnostics).length === 0) {
    return [];
  }
  const title = "Fix all that can be fixed";
  const offer = { title, kind: KINDS.fixAll };
  const fixable = view.diagnostics.filter((each) =>
    unasked(each) !== undefined || (mark && each.code === "WARN_BOM")
  );
  if (only === undefined && fixable.length < 2) return [];
  if (only === undefined && scope.client.applyEdit) {
    const { uri } = view;
    const command = { title, command: COMMANDS.fixAll, arguments: [{ uri }] };
    return [{ ...offer, command }];
  }
  return [{ ...offer, edits: fixedAll(view, scope) }];
}
