import { isObject } from "../../schemas/mod.ts";
import type { RunRecord } from "./journal.ts";

/** The record that a text holds, as this program wrote it; undefined when it holds none. */
export function recordFrom(text: string): RunRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRunRecord(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isRunRecord(value: unknown): value is RunRecord {
  return isObject(value) &&
    ["key", "execution_id", "status", "ref", "mode", "started_at"].every((
      name,
    ) => typeof value[name] === "string") &&
    Array.isArray(value["attachments"]) && Array.isArray(value["events"]);
}
