import assert from "node:assert/strict";
import { statusWords } from "../../../editors/vscode/status_words.ts";
import type { Status } from "../../../lsp/mod.ts";

const NONE = { error: 0, warning: 0, info: 0, hint: 0 };
const FINE: Status = {
  kind: "inputs",
  ref: "demo/hello@1",
  from: "settings",
  file: "/project/theory.yaml",
  known: true,
  findings: NONE,
  canRun: false,
  permissions: ["--allow-read=/project"],
};

/** What people see of a status in the bar, without the icon. */
function textOf(status: Partial<Status>): string | undefined {
  return statusWords({ ...FINE, ...status })?.text.replace(/^\S+ /, "");
}

Deno.test("statusWords() says what a document is validated as, and why", () => {
  assert.deepEqual(statusWords(FINE), {
    unknown: false,
    text: "$(check) validated as demo/hello@1",
    tooltip: [
      "theory.yaml says so: `/project/theory.yaml`",
      "No findings",
      "The server may not run it: `theoryctl.allowRuns` is off",
      "Granted: `--allow-read=/project`",
    ].join("\n\n"),
  });
});

Deno.test("statusWords() says when nothing is validated, and what else a document is", () => {
  const { ref: _, ...nobody } = FINE;
  assert.equal(textOf({}), "validated as demo/hello@1");
  assert.equal(
    textOf({ known: false }),
    "not validated: demo/hello@1 is not known",
  );
  assert.equal(
    statusWords({ ...nobody, from: "none", known: false })?.text,
    "$(check) validated without a processor",
  );
  assert.equal(textOf({ kind: "entry" }), "entry demo/hello@1");
  assert.equal(textOf({ kind: "config" }), "theoryctl settings");
});

Deno.test("statusWords() counts findings, and shows the worst", () => {
  const shown = statusWords({
    ...FINE,
    findings: { error: 1, warning: 2, info: 0, hint: 1 },
  });
  assert.match(shown?.text ?? "", /^\$\(error\) /);
  assert.match(shown?.tooltip ?? "", /^1 error, 2 warnings, 1 hint$/m);
});

Deno.test("statusWords() shows nothing for a document that is none of ours", () => {
  assert.equal(statusWords(null), undefined);
});
