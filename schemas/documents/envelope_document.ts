import { z } from "zod";
import { CID_PATTERN } from "../cid.ts";

const EXECUTION_ID = z.string().describe("Identifier of the execution.");

const META = {
  env_fingerprint: z.string().describe(
    "What the run depended on: `adapter=…,image_digest=…,cpu=…,…,present_env_keys=[A,B]`. Names of secrets only.",
  ),
  processor_ref: z.string().optional().describe("Ref of the processor."),
  mode: z.enum(["mock", "real", "smoke"]).optional().describe(
    "How it was run.",
  ),
};

const OUTPUT = z.strictObject({
  path: z.string().regex(/^\//).describe("World path."),
  cid: z.string().regex(new RegExp(CID_PATTERN)).describe(
    "BLAKE3 of the bytes.",
  ),
  size_bytes: z.int().nonnegative().describe("Number of bytes."),
  mime: z.string().describe("Media type."),
});

const SUCCESS = z.strictObject({
  status: z.literal("success"),
  execution_id: EXECUTION_ID,
  outputs: z.array(OUTPUT).describe("What was written, sorted by path."),
  index_path: z.string().describe(
    "World path of the artifact that lists the outputs.",
  ),
  meta: z.looseObject({
    ...META,
    image_digest: z.string().describe("Digest of what ran."),
    duration_ms: z.number().nonnegative().describe(
      "Milliseconds; 0 in `mock` and `smoke`.",
    ),
  }),
});

const ERROR = z.strictObject({
  status: z.literal("error"),
  execution_id: EXECUTION_ID.describe(
    "Identifier of the execution; empty when there was none yet.",
  ),
  error: z.strictObject({
    code: z.string().describe("Stable code, `ERR_…`; `explain` tells more."),
    message: z.string().describe("What happened."),
    details: z.unknown().optional().describe("More, if there is more."),
  }),
  meta: z.looseObject({
    ...META,
    image_digest: z.string().optional().describe("Digest of what ran."),
    duration_ms: z.number().nonnegative().optional().describe("Milliseconds."),
  }),
});

/** The answer of a run. */
export const ENVELOPE_DOCUMENT = z.discriminatedUnion("status", [
  SUCCESS,
  ERROR,
]).meta({ title: "Envelope", description: "The answer of a run." });

export type EnvelopeDocument = z.infer<typeof ENVELOPE_DOCUMENT>;
