import {
  type ArtifactObject,
  artifactObject,
  type AttachmentUse,
  hasErrors,
  isObject,
  type Json,
  type Mode,
  redactJson,
  rewriteAttachments,
} from "../schemas/mod.ts";
import { hideSecrets, prettyJson, secretsIn } from "../schemas/checker.ts";
import { attachmentsOf } from "./attachments.ts";
import type { HostFiles } from "./host.ts";
import type { InputsView } from "./view.ts";

/** The payload of a document as a run sends it. */
export interface Resolved {
  /** Canonical JSON on several lines. What looks like a secret is covered; a run sends it as it is written. */
  readonly text: string;
  /** What a person should know about it: what is covered, missing or wrong. */
  readonly notes: readonly string[];
  readonly ref?: string;
  readonly mode: Mode;
}

/** Undefined while there is no document to understand. */
export async function resolvedPayload(
  view: InputsView,
  files: Pick<HostFiles, "cid">,
  signal: AbortSignal,
): Promise<Resolved | undefined> {
  const { document } = view.checked;
  if (document === undefined) return undefined;
  const { payload, uses, ref, mode = "mock" } = document;
  const known = attachmentsOf(view);
  const objects = new Map<string, ArtifactObject>();
  const notes = [...standing(view)];
  for (const name of namesOf(uses)) {
    const declared = known.get(name);
    const cid = declared && await files.cid(declared.file, signal);
    const object = cid && artifactObject(declared.path, cid);
    if (object === undefined) notes.push(unresolved(name, declared?.path));
    else objects.set(name, object);
  }
  const sent = rewriteAttachments(payload, (name) => objects.get(name));
  if (holdsSecret(sent)) notes.push("What looks like a secret is covered here");
  return {
    text: `${prettyJson(shown(sent))}\n`,
    notes: notes.map(hideSecrets),
    ...(ref === undefined ? {} : { ref }),
    mode,
  };
}

/** Secrets covered; what no run takes and JSON does not have, halves of surrogate pairs and endless numbers, replaced. */
function shown(sent: Json): Json {
  const finite: Json = JSON.parse(JSON.stringify(sent));
  return redactJson(finite, (text) => hideSecrets(text.toWellFormed()));
}

function standing({ tree, diagnostics }: InputsView): readonly string[] {
  if (!tree.complete) return ["The text cannot be read to its end"];
  return hasErrors(diagnostics)
    ? ["The document has errors: a run would refuse it"]
    : [];
}

function namesOf(uses: readonly AttachmentUse[]): ReadonlySet<string> {
  return new Set(uses.map(({ name }) => name));
}

function unresolved(name: string, path: string | undefined): string {
  return path === undefined
    ? `Attachment ${JSON.stringify(name)} is not declared here`
    : `Attachment ${JSON.stringify(name)}: ${
      JSON.stringify(path)
    } cannot be read`;
}

function holdsSecret(value: Json): boolean {
  if (typeof value === "string") return secretsIn(value).length > 0;
  if (Array.isArray(value)) return value.some(holdsSecret);
  return isObject(value) &&
    Object.entries(value).some(([key, each]) =>
      holdsSecret(key) || holdsSecret(each)
    );
}

/** The payload as a document to look at, with the notes as comments. */
export function resolvedDocument(
  { text, notes, ref, mode }: Resolved,
): string {
  const head = ref === undefined
    ? "The payload as it will be sent; no processor is named"
    : `The payload as it will be sent to ${ref}, mode ${mode}`;
  return `${[head, ...notes].map((line) => `// ${line}\n`).join("")}${text}`;
}
