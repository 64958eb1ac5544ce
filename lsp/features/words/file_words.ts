import type { Property } from "../../../schemas/mod.ts";
import { resolveFrom } from "../../file_uri.ts";
import { textOf, valueSpan } from "./written.ts";
import type { FileWord, ProcessorWord, UrlWord } from "./word.ts";
import type { Page } from "./page.ts";

/** The path that a property says, relative to the folder of its document. */
export function fileWord(page: Page, property: Property): FileWord[] {
  const path = textOf(property.value);
  if (path === undefined || path === "") return [];
  const span = valueSpan(page.source.text, property);
  return [{ kind: "file", file: resolveFrom(page.dir, path), span }];
}

/** The schema that a `$schema` says: a page, or a file. */
export function schemaWord(
  page: Page,
  property: Property | undefined,
): (FileWord | UrlWord)[] {
  const address = textOf(property?.value);
  if (property === undefined || address === undefined) return [];
  if (!/^[a-z][a-z0-9+.-]+:/i.test(address)) return fileWord(page, property);
  if (!/^https?:\/\/\S+$/i.test(address)) return [];
  const span = valueSpan(page.source.text, property);
  return [{ kind: "url", url: address, span }];
}

/** The ref that a property says. */
export function processorWord(
  page: Page,
  property: Property | undefined,
  role: ProcessorWord["role"] = "use",
): ProcessorWord[] {
  const ref = textOf(property?.value);
  if (property === undefined || ref === undefined || ref === "") return [];
  const span = valueSpan(page.source.text, property);
  return [{ kind: "processor", ref, role, span }];
}
