import type { Entry, OutputRecord, WorldPath } from "../../schemas/mod.ts";
import { extensionOf } from "../../schemas/mod.ts";
import type { PlacedOutput } from "./declarations.ts";
import { declarationsOf } from "./declarations.ts";
import { mockContent } from "./mock_content.ts";
import type { OutputContent, OutputTarget } from "./stored_outputs.ts";
import { storeOutputs } from "./stored_outputs.ts";

/**
 * Makes up the outputs that an entry declares, the optional ones too and one file for each folder,
 * stores them and writes the index. The same bytes every time: they depend on the declaration alone.
 */
export async function smokeOutputs(
  entry: Entry,
  target: OutputTarget,
): Promise<readonly OutputRecord[]> {
  const declarations = declarationsOf(entry, target.writePrefix);
  const contents = declarations.outputs.map((output): OutputContent => {
    const path = fileOf(output);
    const mime = declarations.mimeOf(path);
    const bytes = mockContent(entry.ref, output);
    return { path, mime, put: (to) => to.put([bytes]) };
  });
  return await storeOutputs(contents, target);
}

/** Where the file of an output goes: for a folder, `sample` with the usual extension in it. */
function fileOf({ place, mime }: PlacedOutput): WorldPath {
  if (!place.endsWith("/")) return place;
  return `${place}sample${extensionOf(mime)}` as WorldPath;
}
