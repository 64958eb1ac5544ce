/**
 * The kill loop of containers by hand, with the variable that `deno task test:containers --house` prints:
 * `deno run -A tests/containers/loop/main.ts [rounds] [seed] [docker|podman] [process|record]`.
 */
import { engines } from "../each_engine.ts";
import { containerLoop } from "./container_loop.ts";

const [rounds = "100", seed = "1", name = "docker", from = "process"] =
  Deno.args;
const engine = engines().find((each) => each.name === name);
if (engine === undefined) throw new Error(`There is no engine "${name}"`);
const say = (line: string) =>
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
const report = await containerLoop(engine, {
  count: Number(rounds),
  seed: Number(seed),
  from: from === "record" ? from : "process",
  onRound({ round: { id, command, warm, kill, afterMs }, code, goneMs }) {
    const what = kill === undefined ? "timeout" : `${kill.signal}@${afterMs}`;
    const where = warm ? "server" : "program";
    say(`${id} ${command} ${where} ${what}: exit ${code}, gone ${goneMs}`);
  },
});
say(JSON.stringify(report, null, 2));
