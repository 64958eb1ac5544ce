import { z } from "zod";
import { REF_PATTERN } from "../ref.ts";

/** An inputs document, version 1. What `params` may hold is the processor's own schema. */
export const INPUTS_DOCUMENT = z.looseObject({
  $schema: z.string().optional().describe(
    "JSON Schema of this document, for other editors. It has no effect here and is not sent.",
  ),
  $processor: z.string().regex(new RegExp(REF_PATTERN)).optional().describe(
    "Ref of the processor, `ns/name@version`. It makes `--ref` unnecessary and is not sent.",
  ),
  $attachments: z.record(z.string().min(1), z.string().min(1)).optional()
    .describe(
      'Files by name, with paths relative to this document. Each is used as `{"$attach": "name"}` in `params`. Not sent.',
    ),
  schema: z.literal("v1").describe('Version of the document: always "v1".'),
  params: z.looseObject({}).describe(
    'The processor\'s parameters. `{"$attach": "name"}` stands for an attached file, anywhere.',
  ),
  mode: z.enum(["mock", "real", "smoke"]).optional().describe(
    "How to run: `mock` (the default: no network, the same answer every time), `real`, or `smoke` (outputs made up from the registry entry alone). `--mode` wins.",
  ),
}).meta({
  title: "Inputs document",
  description: "What a processor is run with.",
});

export type InputsDocumentV1 = z.infer<typeof INPUTS_DOCUMENT>;
