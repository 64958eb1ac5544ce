import type { DeclaredOutput, Entry } from "../schemas/mod.ts";
import type { LoadedEntry } from "./loaded_entry.ts";

/** A table of entries: ref, how it can run, title, and where it comes from. */
export function describeList(entries: readonly LoadedEntry[]): string {
  const rows = entries.map(({ entry, root }) => [
    entry.ref,
    enginesOf(entry),
    entry.title ?? "",
    root.shipped ? "shipped" : root.dir,
  ]);
  return table([["REF", "RUNS ON", "TITLE", "ROOT"], ...rows]);
}

/** Everything about one entry, for people. */
export function describeEntry({ entry, file, root }: LoadedEntry): string {
  const { runtime } = entry;
  const title = entry.title === undefined ? [] : [entry.title];
  const facts = table([
    ["Runs on", enginesOf(entry)],
    ["Limits", limitsOf(entry)],
    ["Timeout", `${runtime.timeoutS} s`],
    ["Secrets", secretsOf(entry)],
    ["Network", entry.network.allow.join(", ") || "none"],
    ["Speaks", `${entry.api.protocol} at ${entry.api.path}`],
    ["Images", imagesOf(entry)],
    ["Entry", `${file}${root.shipped ? " (shipped)" : ""}`],
  ]);
  return [
    oneLine([entry.ref, ...title].join("  ")),
    ...(entry.description === undefined ? [] : ["", prose(entry.description)]),
    "",
    facts.trimEnd(),
    "",
    "Outputs",
    outputsOf(entry.outputs).trimEnd(),
    "",
    "Inputs",
    `  registry schema ${entry.ref} prints their schema`,
    `  registry example ${entry.ref} prints a document`,
    "",
  ].join("\n");
}

function enginesOf(entry: Entry): string {
  if (!entry.enabled) return "disabled";
  const { platforms, oci, build } = entry.image;
  const image = [platforms.amd64, platforms.arm64, oci, build]
    .some((each) => each !== undefined);
  const engines = [
    ...(entry.handler === undefined ? [] : ["sandbox"]),
    ...(image ? ["docker"] : []),
  ];
  return engines.join(", ") || "nothing";
}

function limitsOf({ runtime }: Entry): string {
  const gpu = runtime.gpu === null ? "" : `, GPU ${runtime.gpu}`;
  return `${runtime.cpu} CPU, ${runtime.memoryGb} GB${gpu}`;
}

function secretsOf({ secrets }: Entry): string {
  const optional = secrets.optional.map((name) => `${name} (optional)`);
  return [...secrets.required, ...optional].join(", ") || "none";
}

function imagesOf({ image }: Entry): string {
  const { amd64, arm64 } = image.platforms;
  return [
    ...(amd64 === undefined ? [] : [`amd64 ${amd64}`]),
    ...(arm64 === undefined ? [] : [`arm64 ${arm64}`]),
    ...(image.oci === undefined ? [] : [image.oci]),
  ].join(", ") || "none";
}

function outputsOf(outputs: readonly DeclaredOutput[]): string {
  if (outputs.length === 0) return "  none declared";
  return table(outputs.map(({ path, mime, required, description = "" }) => [
    `  ${path}`,
    mime,
    required ? "" : "optional",
    description,
  ]));
}

/** A text of an entry without anything that would break a line or control the terminal. */
function oneLine(text: string): string {
  return text.replaceAll(/\s*\p{Cc}\s*/gu, " ").trim();
}

function prose(text: string): string {
  return text.trim().split("\n").map((line) => line.replaceAll(/\p{Cc}/gu, ""))
    .join("\n");
}

/** Columns side by side, two blanks between them. */
function table(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) =>
    row.map((cell) => cell.replaceAll(/\p{Cc}+/gu, " "))
  );
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0))
  );
  return lines.map((line) => {
    const padded = line.map((cell, i) => cell.padEnd(widths[i] ?? 0));
    return `${padded.join("  ").trimEnd()}\n`;
  }).join("");
}
