import { clearImmediate, setImmediate } from "node:timers";
import { serve, streamTransport } from "../../lsp/mod.ts";
import type { CommandInput } from "../command.ts";
import { realHost } from "../lsp/real_host.ts";

/** Serves one editor over the standard streams; answers the exit code that the protocol asks for. */
export async function run(
  { world }: CommandInput<{ readonly stdio: boolean }>,
): Promise<number> {
  const transport = streamTransport(
    world.stdin.stream(),
    Deno.stdout.writable,
    (callback) => {
      const waiting = setImmediate(callback);
      return () => clearImmediate(waiting);
    },
  );
  const { interrupted } = world;
  const asked = new Promise<number>((resolve) =>
    interrupted.addEventListener(
      "abort",
      () => resolve(Number(interrupted.reason)),
    )
  );
  return await Promise.race([serve(transport, realHost(world)), asked]);
}
