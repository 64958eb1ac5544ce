import { serve, streamTransport } from "../../lsp/mod.ts";
import type { CommandInput } from "../command.ts";
import { realHost } from "../lsp/real_host.ts";
import { soon } from "../lsp/soon.ts";
import { startAside } from "../lsp/start_aside.ts";

/** Serves one editor over the standard streams; answers the exit code that the protocol asks for. */
export async function run(
  { world }: CommandInput<{ readonly stdio: boolean }>,
): Promise<number> {
  const { stdin, toolkit } = world;
  const transport = streamTransport(
    stdin.stream(),
    Deno.stdout.writable,
    soon,
  );
  const served = serve(transport, realHost(world), {
    aside: () => startAside(toolkit),
  });
  const { interrupted } = world;
  const asked = new Promise<number>((resolve) =>
    interrupted.addEventListener(
      "abort",
      () => resolve(Number(interrupted.reason)),
    )
  );
  return await Promise.race([served, asked]);
}
