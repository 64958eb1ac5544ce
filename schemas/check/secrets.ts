import { diagnose } from "../diagnose.ts";
import { applyEdits, type Diagnostic } from "../diagnostic.ts";
import { type Path, pointerOf } from "../json_pointer.ts";
import { placeInMessage } from "../place_name.ts";
import { type SecretShape, secretsIn } from "../secret_shapes.ts";
import type { Source, Span } from "../source.ts";
import { eachBelow, type Node } from "../tree.ts";

/** Values that look like secrets. What they are is never told. */
export function secretDiagnostics(
  { text }: Source,
  root: Node,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const path: (string | number)[] = [];
  const walk = (node: Node): void => {
    if (node.kind === "scalar") {
      if (typeof node.value !== "string") return;
      const [{ name } = { name: undefined }] = secretsIn(node.value);
      if (name !== undefined) {
        found.push(warning(node, path, { name, value: node.value, text }));
      }
      return;
    }
    eachBelow(node, (step, child) => {
      path.push(step);
      walk(child);
      path.pop();
    });
  };
  walk(root);
  return found;
}

function warning(
  { span }: Node,
  path: Path,
  { name, value, text }: {
    readonly name: string;
    readonly value: string;
    readonly text: string;
  },
): Diagnostic {
  return diagnose(
    "WARN_SECRET_VALUE",
    `Cannot keep ${placeInMessage(path)} secret: it looks like ${name}`,
    {
      span,
      pointer: pointerOf(path),
      expected:
        "no secrets in documents; processors read them from the environment",
      ...removal(value, span, text),
    },
  );
}

/** An alias stands for a value that is written elsewhere, which has a finding of its own. */
function removal(
  value: string,
  { start, end }: Span,
  text: string,
): Pick<Diagnostic, "fixes"> {
  const raw = text.slice(start, end);
  const written = secretsIn(raw);
  if (written.length === 0) return {};
  const all = secretsIn(value);
  const rest = without(value, all);
  const quoted = /^["'|>]/.test(raw);
  // What is left of a plain text may need quotes.
  const edits = quoted && rest !== "" && written.length === all.length
    ? written.map(({ span }) => ({
      span: { start: start + span.start, end: start + span.end },
      text: "",
    }))
    : [{ span: { start, end }, text: JSON.stringify(quoted ? "" : rest) }];
  return { fixes: [{ title: "Remove the secret", edits, choice: true }] };
}

function without(text: string, secrets: readonly SecretShape[]): string {
  return applyEdits(text, secrets.map(({ span }) => ({ span, text: "" })));
}
