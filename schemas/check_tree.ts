import { attachmentDiagnostics } from "./check/attachments.ts";
import { artifactDiagnostics } from "./check/artifacts.ts";
import { declarationsOf } from "./check/declarations.ts";
import { envelopeDiagnostics } from "./check/envelope.ts";
import { formOf } from "./check/form.ts";
import { documentMode } from "./check/mode.ts";
import { payloadOf } from "./check/payload.ts";
import { processorOf } from "./check/processor.ts";
import { schemaDiagnostics } from "./check/schema.ts";
import { secretDiagnostics } from "./check/secrets.ts";
import { survey } from "./check/survey.ts";
import type {
  CheckContext,
  Checked,
  CheckedOk,
  InputsDocument,
} from "./check_types.ts";
import { diagnose, inOrder } from "./diagnose.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { hasErrors } from "./diagnostic.ts";
import { kindOf } from "./show_value.ts";
import type { ObjectNode, Tree } from "./tree.ts";
import { unsafeNumberFixes } from "./unsafe_number_fixes.ts";

const WHOLE = '{"schema": "v1", "params": {…}}';

/**
 * The checker: everything that can be said about an inputs document before it runs. As long as the text
 * cannot be read to its end, only that is said.
 */
export function checkTree(tree: Tree, context: CheckContext): Checked {
  const { root } = tree;
  if (root?.kind !== "object") {
    const own = tree.complete ? [notAnObject(tree)] : [];
    return { tree, diagnostics: inOrder([...tree.problems, ...own]) };
  }
  const { document, diagnostics } = checkObject(tree, root, context);
  const problems = !tree.complete
    ? tree.problems
    : unsafeNumberFixes(tree, (other) =>
      other.kind === "object"
        ? checkObject(tree, other, context).diagnostics
        : []);
  const all = inOrder([...problems, ...diagnostics]);
  return { tree, document, diagnostics: all };
}

/** Whether a checked document may be attached and sent. */
export function isOk(checked: Checked): checked is CheckedOk {
  return checked.document !== undefined && !hasErrors(checked.diagnostics);
}

function checkObject(
  tree: Tree,
  root: ObjectNode,
  context: CheckContext,
): {
  readonly document: InputsDocument;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { source } = tree;
  const processor = processorOf(tree, root, context);
  const form = formOf(source, root, {
    entry: processor.entry,
    mode: context.mode,
  });
  const found = survey(form);
  const declared = declarationsOf(tree, root, context);
  const mode = documentMode(source, root);
  const attached = attachmentDiagnostics(found.attaches, {
    source,
    root,
    context,
    declared: declared.declarations,
  });
  const artifacts = artifactDiagnostics(found.artifacts, source);
  const told = new Set(artifacts.map(({ pointer }) => pointer));
  const { ref, entry, refFrom } = processor;
  const document = {
    ...(ref === undefined ? {} : { ref }),
    ...(entry === undefined ? {} : { entry }),
    ...(refFrom === undefined ? {} : { refFrom }),
    ...(mode.mode === undefined ? {} : { mode: mode.mode }),
    payload: payloadOf(form),
    attachments: attached.used,
    uses: found.attaches.flatMap(({ use }) => use ?? []),
  };
  // Of a document that cannot be read to its end, nothing else is told.
  if (!tree.complete) return { document, diagnostics: [] };
  return {
    document,
    diagnostics: [
      ...processor.diagnostics,
      ...form.diagnostics,
      ...envelopeDiagnostics(source, form),
      ...mode.diagnostics,
      ...declared.diagnostics,
      ...attached.diagnostics,
      ...artifacts,
      ...secretDiagnostics(source, root),
      ...schemaDiagnostics(source, form, {
        entry,
        attaches: found.attaches,
        declared: declared.declarations,
      }).filter(({ pointer }) => !told.has(pointer)),
    ],
  };
}

function notAnObject({ root, source }: Tree): Diagnostic {
  const at = { start: 0, end: 0 };
  return root === undefined
    ? diagnose(
      "ERR_DOCUMENT_EMPTY",
      `Cannot read "${source.name}": it is empty`,
      { span: at, expected: WHOLE },
    )
    : diagnose(
      "ERR_DOCUMENT_TYPE",
      `Cannot use the document: it is ${kindOf(root)}, not an object`,
      { span: root.span, expected: WHOLE },
    );
}
