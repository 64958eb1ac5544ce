import type { DeclaredOutput, Entry, WritePrefix } from "../../schemas/mod.ts";
import { expandWritePrefix } from "../../schemas/mod.ts";

/** An entry that says nothing but its outputs. */
export function entryWith(outputs: readonly Partial<DeclaredOutput>[]): Entry {
  return {
    ref: "demo/echo@1",
    enabled: true,
    image: { platforms: {} },
    runtime: { cpu: 1, memoryGb: 2, timeoutS: 600, gpu: null },
    secrets: { required: [], optional: [] },
    inputs: {},
    outputs: outputs.map((output) => ({
      name: output.path ?? "",
      path: "",
      mime: "application/octet-stream",
      required: false,
      ...output,
    })),
    api: { protocol: "ws", path: "/run", healthz: "/healthz" },
    network: { allow: [] },
  };
}

export function prefix(text: string): WritePrefix {
  const expanded = expandWritePrefix(text, "E1");
  if (!expanded.ok) throw new Error(expanded.problem.message);
  return expanded.path;
}
