/** The kill loop by hand: `deno run -A tests/cli/kill_loop/main.ts [rounds] [seed] [process|record]`. */
import { killLoop } from "./kill_loop.ts";
import type { Played } from "./play.ts";

const [rounds = "200", seed = "1", from = "process"] = Deno.args;
const onRound = (played: Played): void => {
  const { round: { id, command, warm, handler, kill, afterMs }, code, goneMs } =
    played;
  const what = kill === undefined
    ? "nobody"
    : `${kill.who} ${kill.signal} after ${afterMs} ms`;
  const gone = goneMs === undefined ? "" : `, gone in ${Math.round(goneMs)} ms`;
  const where = warm ? "warm" : "ephemeral";
  const line =
    `${id} ${command} ${where} ${handler}, ${what}: exit ${code}${gone}\n`;
  Deno.stderr.writeSync(new TextEncoder().encode(line));
};
const report = await killLoop({
  count: Number(rounds),
  seed: Number(seed),
  from: from === "record" ? from : "process",
  onRound,
});
const text = `${JSON.stringify(report, null, 2)}\n`;
Deno.stdout.writeSync(new TextEncoder().encode(text));
