import type { EntryDocument } from "../documents/entry_document.ts";
import type { DeclaredOutput } from "../entry.ts";
import type { JsonObject } from "../json.ts";
import { isObject } from "../json.ts";
import { extensionOf, mimeOf } from "../mime.ts";

/** The outputs of an entry, from the list form or the JSON Schema form. */
export function declaredOutputs(
  raw: EntryDocument["outputs"],
): readonly DeclaredOutput[] {
  if (raw === undefined) return [];
  if (Array.isArray(raw)) return raw.map(listed);
  const required = new Set(raw.required ?? []);
  return Object.entries(raw.properties).map(([name, property]) =>
    described(name, property as JsonObject, required.has(name))
  );
}

/** The path of an output in the JSON Schema form: its `path`, or its name with the usual extension. */
export function outputPath(name: string, property: JsonObject): string {
  const path = property["path"];
  return typeof path === "string"
    ? path
    : `${name}${extensionOf(mimeOfProperty(property))}`;
}

type Listed = Extract<EntryDocument["outputs"], readonly unknown[]>[number];

function listed(output: Listed): DeclaredOutput {
  return {
    name: output.path,
    path: output.path,
    mime: output.mime ?? mimeOf(output.path),
    ...(output.description === undefined
      ? {}
      : { description: output.description }),
    required: output.required ?? true,
  };
}

function described(
  name: string,
  property: JsonObject,
  required: boolean,
): DeclaredOutput {
  const { path: _path, mime: _mime, description, ...schema } = property;
  const mime = mimeOfProperty(property);
  return {
    name,
    path: outputPath(name, property),
    mime,
    ...(typeof description === "string" ? { description } : {}),
    required,
    ...(isJson(mime) && Object.keys(schema).length > 0 ? { schema } : {}),
  };
}

function mimeOfProperty(property: JsonObject): string {
  const { mime, type } = property;
  if (typeof mime === "string") return mime;
  return type === undefined || type === "string"
    ? isObject(property["properties"]) ? "application/json" : "text/plain"
    : "application/json";
}

function isJson(mime: string): boolean {
  return mime === "application/json" || mime.endsWith("+json");
}
