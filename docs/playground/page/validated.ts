import { byId, element } from "./element.ts";

/** What the server answers to `theory/status`. */
export interface Status {
  readonly kind: "inputs" | "entry" | "config";
  readonly ref?: string;
  readonly from?: string;
  readonly known: boolean;
}

const SAYS: Readonly<Record<string, string>> = {
  document: "the document says so",
  modeline: "its first line says so",
  settings: "theory.yaml says so",
  "nearest entry": "the registry.yaml beside it says so",
};

/** Says what the inputs are checked as; null for what is no inputs document. */
export function showStatus(status: Status | null): void {
  const { ref, known, from = "" } = status ?? {};
  byId("validated", HTMLElement).replaceChildren(
    ...status?.kind !== "inputs"
      ? [
        "This is no inputs document yet. ",
        element("kbd", {}, "Ctrl"),
        "+",
        element("kbd", {}, "Space"),
        " writes the beginning of one.",
      ]
      : ref === undefined
      ? ["Validated without a processor: choose one above."]
      : known
      ? ["Validated as ", element("strong", {}, ref), `: ${SAYS[from] ?? ""}.`]
      : [
        "Not validated: ",
        element("strong", {}, ref),
        " is not known here.",
      ],
  );
}
