import { isObject, type Json, type JsonObject } from "../../../schemas/mod.ts";
import type { MockAnswer } from "../../host.ts";

/** Most outputs that are named. */
const MOST = 5;

/** How a run ended, in one line. */
export function summaryOf({ code, envelope, stderr }: MockAnswer): string {
  if (envelope === undefined) {
    const said = stderr.trim().split("\n").at(-1) ?? "";
    return `it ended with exit code ${code}${said === "" ? "" : `: ${said}`}`;
  }
  if (envelope["status"] === "success") return successOf(envelope);
  const error = isObject(envelope["error"]) ? envelope["error"] : {};
  return `${error["code"]}: ${error["message"]}`;
}

function successOf({ outputs, execution_id: id }: JsonObject): string {
  const all = Array.isArray(outputs) ? outputs : [];
  const shown = all.slice(0, MOST).map((each) => outputOf(each, `/${id}/`));
  if (all.length > MOST) shown.push(`and ${all.length - MOST} more`);
  const count = all.length === 1 ? "1 output" : `${all.length} outputs`;
  return `success, ${count}${
    shown.length === 0 ? "" : `: ${shown.join(", ")}`
  }`;
}

/** The folder that all outputs of a run are in is left out. */
function outputOf(output: Json, folder: string): string {
  if (!isObject(output)) return "";
  const { path, mime, size_bytes: size } = output;
  const name = String(path).split(folder).at(-1);
  return `${name} (${mime}, ${size} bytes)`;
}
