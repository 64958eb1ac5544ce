import scripts from "../completion/scripts.json" with { type: "json" };
import type { CommandInput } from "../command.ts";

const SCRIPTS: Readonly<Record<string, string>> = {
  bash: scripts["theoryctl.bash"],
  fish: scripts["theoryctl.fish"],
  zsh: scripts["theoryctl.zsh"],
};

/** Prints the completion script of a shell. */
export function run(
  { operands, world }: CommandInput<Readonly<Record<never, never>>>,
): Promise<number> {
  world.stdout.write(SCRIPTS[operands[0] ?? ""] ?? "");
  return Promise.resolve(0);
}
