import type { Run } from "../../../../schemas/handler.ts";

/** Writes what it finds out about its attachments. */
export async function handle(run: Run): Promise<void> {
  const seen = await Promise.all(run.attachments.map(async (each) => ({
    path: each.path,
    name: each.name,
    mime: each.mime,
    size: each.size,
    text: await each.text(),
    bytes: (await each.bytes()).length,
    same: await Deno.readTextFile(each.file) === await each.text(),
    found: run.attachment(run.params["image"]) === each,
  })));
  await run.write("response.txt", JSON.stringify(seen));
}
