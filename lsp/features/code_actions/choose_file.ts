import { type AttachmentUse, basename, nearest } from "../../../schemas/mod.ts";
import {
  declareAttachment,
  hideSecrets,
  unasked,
} from "../../../schemas/checker.ts";
import type { HostFiles } from "../../host.ts";
import type { InputsView } from "../../view.ts";
import { editsOf } from "../../workspace_edit.ts";
import { KINDS, type Offer } from "./offer.ts";
import { type Asked, findingsAt, isOf } from "./quick_fixes.ts";

/** Most files that are offered. */
const MOST = 12;

const UNDECLARED = ["HINT_ATTACH_UNDECLARED", "ERR_ATTACH_UNKNOWN"];

/** Declares an attachment as one of the files beside the document, the likeliest first. */
export function declareFiles(
  view: InputsView,
  { span, shown }: Asked,
  files: Pick<HostFiles, "list">,
): Offer[] {
  const { root } = view.tree;
  if (root?.kind !== "object") return [];
  return findingsAt(view, span)
    .filter(({ code }) => UNDECLARED.includes(code))
    .flatMap((finding) => {
      const name = useAt(view, finding.pointer)?.name;
      if (name === undefined) return [];
      const diagnostics = shown.filter((each) => isOf(each, finding, view));
      const isTypo = unasked(finding) !== undefined;
      return filesFor(name, view, files).map(({ path, alike }, i): Offer => ({
        title: hideSecrets(`Declare "${name}" as ${path}`),
        kind: KINDS.fix,
        edits: editsOf(view, [
          declareAttachment(view.source, root, { name, path }),
        ]),
        diagnostics,
        preferred: i === 0 && alike && !isTypo,
      }));
    });
}

function useAt(
  { checked }: InputsView,
  pointer: string,
): AttachmentUse | undefined {
  return checked.document?.uses.find((use) => use.pointer === pointer);
}

interface Candidate {
  readonly path: string;
  /** Whether it is called as the attachment is, or nearly so. */
  readonly alike: boolean;
}

/** Files beside a document that may be meant by a name: those that are called alike come first. */
function filesFor(
  name: string,
  { dir, path }: InputsView,
  { list }: Pick<HostFiles, "list">,
): readonly Candidate[] {
  const own = path === undefined ? undefined : basename(path);
  const all = list(dir)
    .filter((each) => !each.isFolder && !each.name.startsWith("."))
    .filter((each) => each.name !== own && !OURS.test(each.name))
    .map((each) => ({ path: each.name, alike: isAlike(name, each.name) }));
  return all.toSorted((a, b) => Number(b.alike) - Number(a.alike))
    .slice(0, MOST);
}

function isAlike(name: string, file: string): boolean {
  return nearest(name, [file, file.replace(/\.[^.]+$/, "")]) !== undefined;
}

/** Documents of the house are hardly ever attached. */
const OURS = /^(?:registry|theory)\.(?:ya?ml|json)$/i;
