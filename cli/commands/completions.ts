import bash from "../completion/theoryctl.bash" with { type: "text" };
import fish from "../completion/theoryctl.fish" with { type: "text" };
import zsh from "../completion/theoryctl.zsh" with { type: "text" };
import type { CommandInput } from "../command.ts";

const SCRIPTS: Readonly<Record<string, string>> = { bash, fish, zsh };

/** Prints the completion script of a shell. */
export function run(
  { operands, world }: CommandInput<Readonly<Record<never, never>>>,
): Promise<number> {
  world.stdout.write(SCRIPTS[operands[0] ?? ""] ?? "");
  return Promise.resolve(0);
}
