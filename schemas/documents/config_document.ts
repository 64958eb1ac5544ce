import { z } from "zod";
import { REF_PATTERN } from "../ref.ts";

const PATTERNS = z.union([z.string().min(1), z.array(z.string().min(1))]);

const INPUTS_RULE = z.strictObject({
  files: PATTERNS.describe(
    'Files the rule is for: one glob or several, relative to this file, such as "examples/**/*.json".',
  ),
  ref: z.string().regex(new RegExp(REF_PATTERN)).describe(
    "Ref of the processor that these documents are for.",
  ),
  attach: z.record(z.string().min(1), z.string().min(1)).optional().describe(
    "Attachments by name, with paths relative to this file.",
  ),
});

const S3 = z.strictObject({
  bucket: z.string().min(1).describe("Name of the bucket."),
  prefix: z.string().optional().describe("What every key begins with."),
  region: z.string().optional().describe("Region of the bucket."),
  endpoint: z.url().optional().describe(
    "URL of an S3-compatible server, when it is not Amazon's.",
  ),
}).describe("Keep artifacts in S3. Credentials come from the environment.");

const FLAG = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.string()),
]);

/** `theory.yaml`, read by the command line and the editor from the working folder or above it. */
export const CONFIG_DOCUMENT = z.strictObject({
  $schema: z.string().optional().describe(
    "JSON Schema of this document, for editors that ask for one.",
  ),
  registry: z.array(z.string().min(1)).optional().describe(
    "Registry roots, relative to this file. Searched after `--registry` and `THEORY_REGISTRY`, before the shipped one.",
  ),
  inputs: z.array(INPUTS_RULE).optional().describe(
    "Which processor inputs documents are for, where they do not say it themselves. The first match counts.",
  ),
  store: z.strictObject({ s3: S3.optional() }).optional().describe(
    "Where artifacts are kept. Default: the state folder.",
  ),
  modal: z.strictObject({
    env: z.enum(["dev", "staging", "main"]).optional().describe(
      "Modal environment.",
    ),
    app: z.string().optional().describe(
      "Name of the Modal app, in place of the usual one.",
    ),
  }).optional().describe("Settings of the Modal adapter."),
  defaults: z.record(z.string(), FLAG).optional().describe(
    "Values of flags that are not given, by their name without dashes in front.",
  ),
}).meta({
  title: "theoryctl configuration",
  description:
    "Settings of a folder, in `theory.yaml`. Flags and environment win over it.",
});

export type ConfigDocument = z.infer<typeof CONFIG_DOCUMENT>;
