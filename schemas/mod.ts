/**
 * What a right document is: types, rules and codes. Pure; imports nothing of the house. What reads and checks
 * documents has a door of its own, `checker.ts`, because it takes packages that not every command needs.
 */
export * from "./allow_net.ts";
export * from "./attachment.ts";
export * from "./bytes_text.ts";
export * from "./catalogue/mod.ts";
export * from "./check_types.ts";
export * from "./cid.ts";
export * from "./diagnose.ts";
export * from "./diagnostic.ts";
export * from "./document_kind.ts";
export type { ConfigDocument } from "./documents/config_document.ts";
export type { EntryDocument } from "./documents/entry_document.ts";
export * from "./entry.ts";
export * from "./envelope.ts";
export * from "./exit.ts";
export * from "./failure.ts";
export * from "./file_path.ts";
export * from "./fixes_to_tell.ts";
export type * from "./handler.ts";
export * from "./json.ts";
export * from "./json_pointer.ts";
export * from "./mime.ts";
export * from "./mode.ts";
export * from "./nearest.ts";
export * from "./protocol.ts";
export * from "./redact.ts";
export * from "./ref.ts";
export * from "./run_folder.ts";
export * from "./source.ts";
export * from "./tree.ts";
export * from "./world_path.ts";
