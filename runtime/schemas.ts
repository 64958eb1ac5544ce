/**
 * What the server needs of `schemas/`. Its files are named one by one, not through `mod.ts`: that one also
 * brings the document checker and its packages, which a processor would load at every start and never use.
 */
export { resolveAllowNet } from "../schemas/allow_net.ts";
export { isCid } from "../schemas/cid.ts";
export type { Cid } from "../schemas/cid.ts";
export type { DeclaredOutput, Entry } from "../schemas/entry.ts";
export { canonicalDigest, UNPINNED } from "../schemas/entry.ts";
export type {
  Envelope,
  EnvelopeError,
  EnvelopeMeta,
  ErrorEnvelope,
  OutputRecord,
} from "../schemas/envelope.ts";
export { Failure } from "../schemas/failure.ts";
export { fileUrl } from "../schemas/file_path.ts";
export type { Handle, Run, RunAttachment } from "../schemas/handler.ts";
export { isObject } from "../schemas/json.ts";
export type { Json, JsonObject } from "../schemas/json.ts";
export { mimeOf } from "../schemas/mime.ts";
export { parseMode } from "../schemas/mode.ts";
export type { Mode } from "../schemas/mode.ts";
export {
  CLOSE,
  MAX_FRAME_BYTES,
  SUBPROTOCOL,
  subprotocolOf,
} from "../schemas/protocol.ts";
export type {
  ResponseFrame,
  RunEvent,
  ServerConfig,
  ServerFrame,
  ServerReady,
} from "../schemas/protocol.ts";
export { redactJson, redactor, streamRedactor } from "../schemas/redact.ts";
export type { Redact } from "../schemas/redact.ts";
export {
  runFolderName,
  SERVER_LOCK,
  workFolderMark,
} from "../schemas/run_folder.ts";
export {
  expandWritePrefix,
  parseWorldPath,
  underPrefix,
} from "../schemas/world_path.ts";
export type { WorldPath, WritePrefix } from "../schemas/world_path.ts";
