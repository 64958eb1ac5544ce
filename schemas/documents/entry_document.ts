import { z } from "zod";
import { INPUTS, NETWORK, OUTPUTS, SECRETS } from "./entry_contract.ts";
import { API, BUILD, HANDLER, IMAGE, RUNTIME } from "./entry_machine.ts";

/**
 * A `registry.yaml` as written, in every form it has had (protocols.md 6.2). The texts are what an editor
 * shows on hover. Runtime code reads the JSON Schema made from it, `schemas/json/registry_entry.schema.json`.
 */
export const ENTRY_DOCUMENT = z.strictObject({
  $schema: z.string().optional().describe(
    "JSON Schema of this document, for editors that ask for one. It has no effect.",
  ),
  ref: z.string().optional().describe(
    "Ref of the processor, `ns/name@version`, as its folder `<root>/ns/name/version/` says.",
  ),
  name: z.string().optional().describe(
    "Older name of `ref`.",
  ),
  version: z.union([z.string(), z.number()]).optional().describe(
    "Version in the oldest entries; the one in `ref` counts.",
  ),
  kind: z.string().optional().describe(
    "What the entry describes. Only `processor`, the default, is known.",
  ),
  title: z.string().optional().describe("One line that lists show."),
  description: z.string().optional().describe(
    "What the processor does, for people. Markdown.",
  ),
  enabled: z.boolean().optional().describe(
    "Whether the processor may be started and run. Default true.",
  ),
  image: IMAGE.optional(),
  build: BUILD.optional(),
  handler: HANDLER.optional(),
  runtime: RUNTIME.optional(),
  api: API.optional(),
  secrets: SECRETS.optional(),
  network: NETWORK.optional(),
  inputs: INPUTS,
  outputs: OUTPUTS.optional(),
  policy: z.looseObject({
    max_file_mb: z.number().positive().optional().describe(
      "Megabytes (2^20 bytes) that one output may have.",
    ),
  }).optional().describe(
    "Limits that older entries state. `max_file_mb` holds; `network` and `request_timeout_s` are for information.",
  ),
  adapter: z.looseObject({}).optional().describe(
    "Names that the oldest Modal adapter used. For information.",
  ),
  entrypoint: z.looseObject({}).optional().describe(
    "Command line of the oldest images. For information.",
  ),
}).meta({
  title: "Registry entry",
  description: "A processor's `registry.yaml`.",
});

/** The plain value of a `registry.yaml` that its schema accepts. */
export type EntryDocument = z.infer<typeof ENTRY_DOCUMENT>;
