/** Told a set of permissions as JSON: says whether more is granted, or runs a command line with that set. */
import { runNarrowed } from "../../cli/narrowed.ts";
import { permissionGate } from "../../cli/permission_gate.ts";
import { realWorld } from "../../cli/real_world.ts";
import { parse } from "../../cli/run_cli.ts";
import type { Permissions } from "../../cli/world.ts";

const [text = "{}", ...args] = Deno.args;
const set: Permissions = JSON.parse(text);
if (args.length === 0) {
  const more = await permissionGate(Deno.cwd(), (action) => action()).exceeds(
    set,
  );
  await Deno.stdout.write(new TextEncoder().encode(`${more}`));
} else await runLine();

async function runLine(): Promise<void> {
  const world = realWorld(args, {
    program: "theoryctl",
    version: "0.0.0",
    dir: new URL("../../", import.meta.url).pathname.slice(0, -1),
    file: "main.ts",
    deno: Deno.execPath(),
  });
  const request = await parse(world);
  if (typeof request === "number") throw new Error("Cannot parse the line");
  // deno-lint-ignore house/exit-once -- it stands for main.ts
  Deno.exit(await runNarrowed(request, set));
}
