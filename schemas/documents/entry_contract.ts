import { z } from "zod";

/** The parts of an entry that say what goes in and out. */
const NAMES = z.array(z.string());

export const SECRETS = z.union([
  z.strictObject({
    required: NAMES.optional().describe(
      "Environment names that `real` runs need.",
    ),
    optional: NAMES.optional().describe(
      "Environment names that `real` runs get when they are set.",
    ),
  }),
  NAMES,
]).describe(
  "Names of secrets, never values. The older form is a list of required ones.",
);

export const NETWORK = z.strictObject({
  allow: z.array(z.string()).optional().describe(
    "Hosts that `real` runs may reach: `host`, `host:port`, `*.host`, or `$NAME` for the host of the URL in that environment name.",
  ),
}).describe("Where `real` runs may connect to; `mock` runs nowhere.");

export const INPUTS = z.looseObject({}).describe(
  "JSON Schema (draft-07) of the inputs document with its `params`. The older form `{schema: …}` and a schema without `params` describe the value of `params`.",
);

const PATH = z.string().min(1).describe(
  "Path below the write prefix. One that ends in `/` stands for any files below it.",
);

const MIME = z.string().regex(/^[^/\s]+\/[^/\s]+$/);

const LISTED = z.strictObject({
  path: PATH,
  mime: MIME.optional().describe(
    "Media type. Default by the file name.",
  ),
  description: z.string().optional().describe("What the file holds."),
  required: z.boolean().optional().describe(
    "Whether a successful run must write it. Default true.",
  ),
});

const DESCRIBED = z.looseObject({
  path: PATH.optional(),
  mime: MIME.optional().describe(
    "Media type. Default `application/json` for objects, lists and numbers, otherwise `text/plain`.",
  ),
  description: z.string().optional().describe("What the output holds."),
}).describe("One output: its JSON Schema, with `path` and `mime`.");

export const OUTPUTS = z.union([
  z.array(LISTED),
  z.looseObject({
    properties: z.record(z.string(), DESCRIBED).describe("Outputs by name."),
    required: z.array(z.string()).optional().describe(
      "Outputs that a successful run must write.",
    ),
  }),
]).describe(
  "The files a run writes: a list, or a JSON Schema whose properties are the outputs.",
);
