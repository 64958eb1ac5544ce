import { diagnose } from "../diagnose.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { type Path, pointerOf } from "../json_pointer.ts";
import { placeInMessage } from "../place_name.ts";
import { secretsIn } from "../secret_shapes.ts";
import type { Node } from "../tree.ts";

/** Values that look like secrets. What they are is never told. */
export function secretDiagnostics(root: Node): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const path: (string | number)[] = [];
  const walk = (node: Node): void => {
    if (node.kind === "scalar") {
      if (typeof node.value !== "string") return;
      const [secret] = secretsIn(node.value);
      if (secret !== undefined) found.push(warning(node, path, secret.name));
      return;
    }
    const steps = node.kind === "array"
      ? node.items.entries()
      : node.properties.map(({ key, value }) => [key, value] as const);
    for (const [step, child] of steps) {
      path.push(step);
      walk(child);
      path.pop();
    }
  };
  walk(root);
  return found;
}

function warning({ span }: Node, path: Path, name: string): Diagnostic {
  return diagnose(
    "WARN_SECRET_VALUE",
    `Cannot keep ${placeInMessage(path)} secret: it looks like ${name}`,
    {
      span,
      pointer: pointerOf(path),
      expected:
        "no secrets in documents; processors read them from the environment",
    },
  );
}
