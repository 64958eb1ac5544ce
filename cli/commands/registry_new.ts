import { join, relative, resolve } from "node:path";
import { scaffold } from "../../registry/mod.ts";
import { Failure, parseRef } from "../../schemas/mod.ts";
import type { CommandInput } from "../command.ts";
import { commandLine } from "../permissions.ts";
import { printJson } from "../print_json.ts";
import { wrongRef } from "../run_plan.ts";
import { runPermissions } from "../touches.ts";
import type { World } from "../world.ts";

interface Flags {
  readonly dir: string | undefined;
  readonly json: boolean;
}

/** Writes a new processor and says how to run it. */
export async function run(
  { flags, operands, world }: CommandInput<Flags>,
): Promise<number> {
  const ref = operands[0] ?? "";
  const parsed = parseRef(ref);
  if (parsed === undefined) throw wrongRef(ref);
  const root = resolve(world.cwd, flags.dir ?? "registry");
  const dir = join(root, parsed.namespace, parsed.name, parsed.version);
  if (world.files.probe(join(dir, "registry.yaml")).kind !== "missing") {
    throw new Failure(
      "ERR_EXISTS",
      `Cannot create "${ref}": ${dir} has a registry.yaml already`,
    );
  }
  const files = scaffold(ref).map(({ name, text }) => ({
    path: join(dir, name),
    text,
  }));
  for (const { path, text } of files) await world.files.create(path, text);
  const shown = files.map(({ path }) => relative(world.cwd, path));
  if (flags.json) printJson(world, { ref, files: shown });
  else for (const path of shown) world.stdout.write(`${path}\n`);
  world.stderr.write(
    `Run it: ${runLine(root, join(dir, "inputs.example.json"), world)}\n`,
  );
  return 0;
}

/** The line that runs the example, with the permissions that it needs. */
function runLine(root: string, inputsFile: string, world: World): string {
  const [registry, inputs] = [root, inputsFile].map((path) =>
    relative(world.cwd, path) || "."
  );
  const args = [
    "localctl",
    "run",
    "--registry",
    registry ?? "",
    "--inputs-file",
    inputs ?? "",
  ];
  const flags = { registry: [root], stateDir: undefined, inputsFile };
  return commandLine(runPermissions(flags, world), { ...world, args });
}
