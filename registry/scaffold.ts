import template from "./template.json" with { type: "json" };
import { parseRef } from "../schemas/mod.ts";
import { invalidRef } from "./refusals.ts";

/** A file of a new processor. */
export interface ScaffoldFile {
  /** Relative to the processor's folder. */
  readonly name: string;
  readonly text: string;
}

/** What a new processor may ask for from the start. */
export interface ScaffoldOptions {
  readonly title?: string;
  /** Environment names that real runs need. */
  readonly secrets?: readonly string[];
  readonly cpu?: number;
  readonly memoryGb?: number;
  readonly timeoutS?: number;
}

/**
 * The files of a new processor that runs at once in `mock` and `real`. Throws `ERR_REF_INVALID`. Pure: the
 * caller writes them to `<root>/ns/name/version/`.
 */
export function scaffold(
  ref: string,
  options: ScaffoldOptions = {},
): readonly ScaffoldFile[] {
  if (parseRef(ref) === undefined) throw invalidRef(ref);
  const { title, secrets = [], cpu = 1, memoryGb = 2, timeoutS = 600 } =
    options;
  const entry = withRef(template["registry.yaml"], ref)
    .replace(/^title: .*$/m, () => `title: ${JSON.stringify(title ?? ref)}`)
    .replace("required: []", () => `required: ${JSON.stringify(secrets)}`)
    .replace("cpu: 1", `cpu: ${cpu}`)
    .replace("memory_gb: 2", `memory_gb: ${memoryGb}`)
    .replace("timeout_s: 600", `timeout_s: ${timeoutS}`);
  return [
    { name: "registry.yaml", text: entry },
    { name: "handler.ts", text: template["handler.ts"] },
    { name: "run.d.ts", text: template["run.d.ts"] },
    {
      name: "inputs.example.json",
      text: withRef(template["inputs.example.json"], ref),
    },
  ];
}

/** The templates are written for `ns/name@1`, so that they are valid themselves. */
function withRef(text: string, ref: string): string {
  return text.replaceAll("ns/name@1", ref);
}
