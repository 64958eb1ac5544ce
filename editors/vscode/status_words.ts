import type { AssociationSource, Status } from "../../lsp/mod.ts";

/** What the status bar shows. */
export interface StatusShown {
  readonly text: string;
  /** Markdown. */
  readonly tooltip: string;
  /** Whether it is not validated although a processor is named. */
  readonly unknown: boolean;
}

/** Undefined for a document that the server leaves alone. */
export function statusWords(status: Status | null): StatusShown | undefined {
  if (status === null) return undefined;
  const { findings: { error, warning }, kind, ref, known } = status;
  const icon = error > 0 ? "error" : warning > 0 ? "warning" : "check";
  return {
    unknown: kind === "inputs" && ref !== undefined && !known,
    text: `$(${icon}) ${subjectOf(status)}`,
    tooltip: [
      sourceOf(status),
      countsOf(status),
      runsOf(status),
      `Granted: ${status.permissions.map(code).join(" ") || "nothing"}`,
    ].filter((line) => line !== "").join("\n\n"),
  };
}

function subjectOf({ kind, ref, known }: Status): string {
  if (kind === "config") return "theoryctl settings";
  if (kind === "entry") return ref === undefined ? "processor" : `entry ${ref}`;
  if (ref === undefined) return "validated without a processor";
  return known ? `validated as ${ref}` : `not validated: ${ref} is not known`;
}

const SAYS: Readonly<Record<AssociationSource, string>> = {
  document: "`$processor` in the document says so",
  modeline: "The first line of the document says so",
  settings: "theory.yaml says so",
  "nearest entry": "The nearest registry.yaml says so",
  none: "Nothing says which processor is meant; click to choose one",
};

function sourceOf({ kind, from, file }: Status): string {
  if (kind !== "inputs" || from === undefined) return "";
  return file === undefined ? SAYS[from] : `${SAYS[from]}: ${code(file)}`;
}

function countsOf({ findings }: Status): string {
  const counts = (["error", "warning", "info", "hint"] as const)
    .flatMap((name) => {
      const count = findings[name];
      return count === 0 ? [] : [`${count} ${name}${count === 1 ? "" : "s"}`];
    });
  return counts.length === 0 ? "No findings" : counts.join(", ");
}

function runsOf({ kind, canRun }: Status): string {
  if (kind !== "inputs") return "";
  return canRun
    ? "The server may run it in mock mode"
    : "The server may not run it: `theoryctl.allowRuns` is off";
}

function code(text: string): string {
  return `\`${text}\``;
}
