import { z } from "zod";

/** The parts of an entry that say what runs and on what. */
const REFERENCE = z.string().min(1);

export const BUILD = z.strictObject({
  context: z.string().optional().describe(
    'Folder that is sent to the engine, relative to the entry. Default ".".',
  ),
  dockerfile: z.string().optional().describe(
    'Dockerfile, relative to the entry. Default "Dockerfile".',
  ),
  port: z.int().min(1).max(65535).optional().describe(
    "Port the processor listens on inside its container. Default 8000.",
  ),
}).describe("How to build the image from source.");

export const IMAGE = z.strictObject({
  platforms: z.strictObject({
    amd64: REFERENCE.optional().describe(
      "Image for x86-64, `repository@sha256:…`.",
    ),
    arm64: REFERENCE.optional().describe(
      "Image for 64-bit ARM, `repository@sha256:…`.",
    ),
  }).optional().describe("Image by platform, pinned by digest."),
  oci: REFERENCE.optional().describe(
    "Older form: one image for every platform, `repository@sha256:…`.",
  ),
  default_platform: z.enum(["amd64", "arm64"]).optional().describe(
    "Platform that older tools took first. It has no effect: the machine decides, or `--platform`.",
  ),
  dockerfile: z.string().optional().describe(
    "Oldest form of `build.dockerfile`.",
  ),
  build: BUILD.optional(),
}).describe("The container image.");

export const HANDLER = z.union([
  z.string().min(1),
  z.strictObject({
    mock: z.string().min(1).describe("Module for `mock` runs."),
    real: z.string().min(1).describe("Module for `real` runs."),
  }),
]).describe(
  "Handler module for the sandbox, relative to the entry; one for both modes, or one each.",
);

export const RUNTIME = z.strictObject({
  cpu: z.union([
    z.number().positive(),
    z.string().regex(/^[0-9]*\.?[0-9]+$/),
  ]).optional().describe("Cores. Default 1."),
  memory_gb: z.number().positive().optional().describe(
    "Memory in gigabytes (2^30 bytes). Default 2.",
  ),
  memory: z.union([
    z.number().positive(),
    z.string().regex(/^[0-9]*\.?[0-9]+ *([KMGT]i?)?B?$/),
  ]).optional().describe(
    'Older form of `memory_gb`: megabytes as a number, or with a unit as in "2Gi".',
  ),
  timeout_s: z.number().positive().optional().describe(
    "Seconds that one run may take. Default 600.",
  ),
  timeout: z.number().positive().optional().describe(
    "Oldest form of `timeout_s`.",
  ),
  gpu: z.union([z.string(), z.null()]).optional().describe(
    "GPU type, or `none`. Default none.",
  ),
  max_output_gb: z.number().positive().optional().describe(
    "Gigabytes (2^30 bytes) that all outputs of one run may have together. Default 16.",
  ),
}).describe("What one run may use.");

export const API = z.strictObject({
  protocol: z.enum(["ws", "http", "file"]).optional().describe(
    "How the processor is talked to: WebSocket `theory.run.v1`, HTTP, or files. Default `ws`.",
  ),
  path: z.string().regex(/^\//).optional().describe(
    "Path that takes runs. Default `/run`.",
  ),
  healthz: z.string().regex(/^\//).optional().describe(
    "Path that answers when the processor is ready. Default `/healthz`.",
  ),
}).describe("The processor's interface.");
