import { diagnose } from "../diagnose.ts";
import type { Diagnostic, Related } from "../diagnostic.ts";
import { type Path, pointerOf } from "../json_pointer.ts";
import { type Suggest, suggester } from "../nearest.ts";
import { placeInMessage } from "../place_name.ts";
import type { Source, Span } from "../source.ts";
import { attachmentIndex } from "./attachment_index.ts";
import { expectedOf } from "./expected.ts";
import type { Finding } from "./findings.ts";
import { type Skeleton, skeletons } from "./skeleton.ts";
import type { OpenSchema } from "./open_schema.ts";
import { missingKeys, unknownKey } from "./word_key.ts";
import { wordValue } from "./word_value.ts";

/** Where an attachment stands. */
export interface AttachmentPlace {
  readonly name: string;
  readonly span: Span;
  readonly path: Path;
  /** Missing when the file is not known; then only the place counts, not the type. */
  readonly mime?: string;
  /** Whether it has a finding of its own already. */
  readonly told?: boolean;
  /** Where it is declared. */
  readonly related?: readonly Related[];
}

/** By JSON Pointer. */
export type AttachmentPlaces = ReadonlyMap<string, AttachmentPlace>;

/** What words need besides the finding. */
export interface Words {
  readonly source: Source | undefined;
  readonly skeleton: Skeleton;
  readonly suggest: Suggest;
}

/** Turns findings into diagnostics; none where an attachment's own finding says it already. */
export function wording({ schema, source, attachments }: {
  readonly schema: OpenSchema;
  readonly source?: Source;
  readonly attachments?: AttachmentPlaces;
}): (finding: Finding) => readonly Diagnostic[] {
  const around = attachmentIndex(attachments ?? new Map());
  const words = {
    source,
    skeleton: skeletons(schema),
    suggest: suggester(),
  };
  return (finding) => {
    const found = around(finding);
    if (found?.told) return [];
    const told = found === undefined
      ? forAll(word(finding, words), finding)
      : notAccepted(finding, found);
    const { rule } = finding;
    return [rule === undefined ? told : { ...told, rule }];
  };
}

/** What an alias stands for may have to be as it is in other places. */
function forAll(told: Diagnostic, { site: { aliased } }: Finding): Diagnostic {
  const { fixes } = told;
  if (aliased !== true || fixes === undefined) return told;
  return { ...told, fixes: fixes.map((fix) => ({ ...fix, choice: true })) };
}

function word(finding: Finding, words: Words): Diagnostic {
  switch (finding.keyword) {
    case "required":
    case "dependencies":
      return missingKeys(finding, words);
    case "unknown key":
    case "bad key":
      return unknownKey(finding, words);
    default:
      return wordValue(finding, words);
  }
}

function notAccepted(
  finding: Finding,
  { name, span, path, mime, related }: AttachmentPlace,
): Diagnostic {
  const inside = finding.site.path.length > path.length;
  const found = inside && mime !== undefined
    ? `its type ${mime} is not accepted`
    : "no attachment is accepted there";
  const expected = expectedOf(finding);
  return diagnose(
    "ERR_ATTACH_NOT_ACCEPTED",
    `Cannot attach "${name}" at ${placeInMessage(path)}: ${found}`,
    {
      span,
      pointer: pointerOf(path),
      ...(expected === undefined ? {} : { expected }),
      ...(related === undefined ? {} : { related }),
    },
  );
}
