import type { Host } from "../../host.ts";
import type { InputsView } from "../../view.ts";
import { runCommand } from "../commands/run_command.ts";
import { COMMANDS } from "../commands/names.ts";
import { KINDS, type Offer } from "./offer.ts";

/** What the server can do with a whole inputs document, for editors that show no lenses. */
export function commandOffers(
  { uri, checked }: InputsView,
  host: Pick<Host, "runMock">,
): Offer[] {
  const ref = checked.document?.ref;
  if (ref === undefined) return [];
  const run = runCommand(uri, ref, host);
  const resolved = {
    title: "Show the payload as it will be sent",
    command: COMMANDS.resolved,
    arguments: [{ uri }],
  };
  return [
    { title: run.title, kind: KINDS.run, command: run },
    { title: resolved.title, kind: KINDS.resolved, command: resolved },
  ];
}
