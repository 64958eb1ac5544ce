import type { Attempt } from "./failure.ts";
import { textOf } from "./outputs.ts";
import { hasEnded, type Prediction } from "./prediction.ts";

/** Tells what is new about a prediction each time it is looked at: its status, log lines and text. */
export function reporter(
  { run, endpoint }: Attempt,
): (prediction: Prediction) => void {
  let status = "";
  const newLogs = tail();
  const newText = tail();
  let line = "";
  return (prediction) => {
    if (prediction.status !== status) {
      status = prediction.status;
      run.emit(status, { prediction_id: prediction.id });
    }
    line += newLogs(prediction.logs);
    const end = hasEnded(prediction) ? line.length : line.lastIndexOf("\n") + 1;
    for (const each of linesOf(line.slice(0, end))) run.log(each);
    line = line.slice(end);
    const text = newText(textOf(endpoint, prediction.output) ?? "");
    if (text !== "") run.token(text);
  };
}

/** Answers what a growing text has more than the time before; all of it when it has changed. */
function tail(): (text: string) => string {
  let before = "";
  return (text) => {
    const more = text.startsWith(before) ? text.slice(before.length) : text;
    before = text;
    return more;
  };
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
}
