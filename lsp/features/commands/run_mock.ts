import { isErrorShape, type JsonObject } from "../../../schemas/mod.ts";
import type { Scope } from "../../feature.ts";
import type { Host, MockAnswer, MockRequest } from "../../host.ts";
import type { InputsView, View } from "../../view.ts";
import type { ServerCommand } from "../execute_command.ts";
import { mockRequest } from "./mock_request.ts";
import { runFindings } from "./run_findings.ts";
import { summaryOf } from "./run_words.ts";

/**
 * Runs a document in mock mode, its text as it is in the editor. Says how it ended, shows the mistakes that a run
 * reports in the document, and answers exit code and envelope.
 */
export const runMock: ServerCommand = async (view, scope, params) => {
  const { host, window } = scope;
  const ready = readyOf(view, host);
  if (typeof ready === "string") {
    window.say("error", ready);
    return null;
  }
  const title = `Mock run of ${ready.request.ref}`;
  const progress = await window.progress(title, params.workDoneToken);
  const signal = AbortSignal.any([scope.signal, progress.signal]);
  try {
    const answer = await ready.run({ ...ready.request, signal });
    if (signal.aborted) return null;
    tell(ready.view, { answer, title }, scope);
    return { code: answer.code, envelope: (answer.envelope ?? null) as never };
  } catch (error) {
    // Cancelling it is no failure; what else went wrong is for the person to know.
    const found = error instanceof Error ? error.message : String(error);
    if (!signal.aborted) window.say("error", `${title}: ${found}`);
    return null;
  } finally {
    progress.end();
  }
};

interface Ready {
  readonly view: InputsView;
  readonly run: NonNullable<Host["runMock"]>;
  readonly request: Omit<MockRequest, "signal">;
}

/** What is needed to run a document, or why it cannot be run. */
function readyOf(view: View, { runMock: run }: Host): Ready | string {
  if (view.kind !== "inputs") return "Cannot run: this is no inputs document";
  if (run === undefined) {
    return "Cannot run: the server was started without --allow-run=deno";
  }
  const errors = view.diagnostics.filter(({ severity }) =>
    severity === "error"
  );
  if (errors.length > 0) {
    const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
    return `Cannot run: the document has ${count}`;
  }
  const request = mockRequest(view);
  return request === undefined
    ? "Cannot run: nothing says which processor is meant"
    : { view, run, request };
}

function tell(
  view: InputsView,
  { answer, title }: { readonly answer: MockAnswer; readonly title: string },
  { window }: Scope,
): void {
  const { envelope } = answer;
  const failed = envelope === undefined || isErrorShape(envelope);
  window.say(failed ? "error" : "info", `${title}: ${summaryOf(answer)}`);
  window.report(view, failed ? runFindings(view, envelope ?? NOTHING) : []);
}

const NOTHING: JsonObject = {};
