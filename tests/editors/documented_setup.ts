import { TOOLKIT } from "../lsp/server/wire_client.ts";

/** Where docs/editors.md says that theoryctl is. */
const DOCUMENTED = "/path/to/theoryctl";

/** The blocks of one language in a section of docs/editors.md, in order, for the toolkit that is tested. */
export async function documentedSetup(
  section: string,
  language: string,
): Promise<readonly string[]> {
  const page = await Deno.readTextFile(`${TOOLKIT}/docs/editors.md`);
  const text = page.split(/^## /m)
    .find((each) => each.startsWith(`${section}\n`)) ?? "";
  const blocks = text.matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return [...blocks].filter(([, name]) => name === language)
    .map(([, , code = ""]) => code.replaceAll(DOCUMENTED, TOOLKIT));
}
