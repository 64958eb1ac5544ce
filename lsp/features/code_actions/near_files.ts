import {
  basename,
  dirname,
  nearest,
  type Node,
  nodeAt,
  pointerSteps,
  resolve,
} from "../../../schemas/mod.ts";
import { hideSecrets, textEdit } from "../../../schemas/checker.ts";
import type { HostFiles } from "../../host.ts";
import type { View } from "../../view.ts";
import { editsOf } from "../../workspace_edit.ts";
import { KINDS, type Offer } from "./offer.ts";
import { type Asked, findingsAt, isOf } from "./quick_fixes.ts";

/** Codes of paths that lead nowhere, and whether a folder is what is missing. */
const MISSING: ReadonlyMap<string, boolean> = new Map([
  ["ERR_ATTACH_MISSING", false],
  ["ERR_ENTRY_HANDLER", false],
  ["ERR_REGISTRY_ROOT", true],
]);

/** Writes the path of the file or folder that was probably meant, in place of one that is not there. */
export function nearFiles(
  view: View,
  { span, shown }: Asked,
  files: Pick<HostFiles, "list">,
): Offer[] {
  return findingsAt(view, span).flatMap((finding): Offer[] => {
    const isFolder = MISSING.get(finding.code);
    const node = nodeOf(view, finding.pointer);
    if (isFolder === undefined || node?.kind !== "scalar") return [];
    if (node.span.start !== finding.span.start) return [];
    const path = nearPath(String(node.value), view, { files, isFolder });
    if (path === undefined) return [];
    return [{
      title: hideSecrets(`Write ${JSON.stringify(path)}`),
      kind: KINDS.fix,
      edits: editsOf(view, [textEdit(view.source, node.span, path)]),
      diagnostics: shown.filter((each) => isOf(each, finding, view)),
      preferred: true,
    }];
  });
}

function nodeOf({ tree: { root } }: View, pointer: string): Node | undefined {
  const steps = pointerSteps(pointer)
    .map((step) => /^\d+$/.test(step) ? Number(step) : step);
  return root && nodeAt(root, steps);
}

/** What is called nearly so in the same folder. */
function nearPath(
  path: string,
  { dir, kind }: View,
  { files, isFolder }: {
    readonly files: Pick<HostFiles, "list">;
    readonly isFolder: boolean;
  },
): string | undefined {
  const own = path.replace(/\/+$/, "");
  // An entry's own files lie beside it.
  if (kind === "entry" && /^\/|(?:^|\/)\.\.(?:\/|$)/.test(own)) {
    return undefined;
  }
  const names = files.list(resolve(dir, dirname(own)))
    .filter((each) => each.isFolder === isFolder)
    .map(({ name }) => name);
  const name = basename(own);
  const near = nearest(name, names.filter((each) => each !== name));
  if (near === undefined) return undefined;
  return `${own.slice(0, own.length - name.length)}${near}`;
}
