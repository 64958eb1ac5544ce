/** The kill loop by hand: `deno run -A tests/cli/kill_loop/main.ts [rounds] [seed]`. */
import { killLoop } from "./kill_loop.ts";

const [rounds = "200", seed = "1"] = Deno.args;
const report = await killLoop(Number(rounds), Number(seed), (played) => {
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
});
const text = `${JSON.stringify(report, null, 2)}\n`;
Deno.stdout.writeSync(new TextEncoder().encode(text));
