import type { Explanation } from "../backstage.ts";
import { button, byId, element } from "./element.ts";
import type { Finding } from "./findings.ts";

/** A finding, in which file and line. */
export interface Placed extends Finding {
  readonly file: string;
  readonly line: number;
  /** Puts the cursor there. */
  readonly go: () => void;
}

/** Lists what was found, with its fixes; `explained` tells what a code means. */
export function showFindings(
  all: readonly Placed[],
  explained: (code: string) => Promise<Explanation | undefined>,
): void {
  const open = openCodes();
  const list = byId("findings", HTMLUListElement);
  list.replaceChildren(...all.map((each) => item(each, explained, open)));
  byId("findings-count", HTMLElement).textContent = counted(all);
  byId("no-findings", HTMLElement).hidden = all.length > 0;
}

function counted(all: readonly Placed[]): string {
  const errors = all.filter(({ severity }) => severity === "error").length;
  const others = all.length - errors;
  return [[errors, "error"], [others, "remark"]] //
    .filter(([count]) => count !== 0)
    .map(([count, word]) => `${count} ${word}${count === 1 ? "" : "s"}`)
    .join(", ");
}

const MOST_FIXES = 6;

function item(
  each: Placed,
  explained: (code: string) => Promise<Explanation | undefined>,
  open: ReadonlySet<string>,
): HTMLLIElement {
  const { severity, message, file, line, go, code, fixes } = each;
  const place = `${file}:${line}`;
  const details = explanation(code, explained);
  details.open = open.has(code);
  return element(
    "li",
    { className: `finding ${severity}` },
    element(
      "p",
      {},
      element("span", { className: "severity" }, severity),
      " ",
      button(place, go, { className: "place" }),
    ),
    element("p", { className: "message" }, message),
    element(
      "p",
      { className: "fixes" },
      ...fixes.slice(0, MOST_FIXES).map(({ title, apply }) =>
        button(title, apply, { className: "fix" })
      ),
    ),
    details,
  );
}

function explanation(
  code: string,
  explained: (code: string) => Promise<Explanation | undefined>,
): HTMLDetailsElement {
  const details = element(
    "details",
    { className: "explanation" },
    element("summary", {}, element("code", {}, code)),
  );
  details.dataset["code"] = code;
  details.addEventListener("toggle", async () => {
    const found = details.open && details.children.length === 1
      ? await explained(code)
      : undefined;
    if (found === undefined || details.children.length > 1) return;
    const { meaning, cause, fix } = found;
    details.append(...[meaning, cause, fix].map((text) =>
      //
      element("p", {}, text)
    ));
  });
  return details;
}

/** Codes whose explanation is being read, which goes on to be there after an edit. */
function openCodes(): ReadonlySet<string> {
  const open = document.querySelectorAll<HTMLElement>(".explanation[open]");
  return new Set([...open].map(({ dataset }) => dataset["code"] ?? ""));
}
