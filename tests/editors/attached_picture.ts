import { TOOLKIT } from "../lsp/server/wire_client.ts";

/** An inputs document whose third line ends in blanks. */
export const INPUTS = `$processor: llm/litellm@1
$attachments: {photo: landscape.png}
schema:   v1\x20\x20
params:
  messages:
    - role: user
      content: [{type: text, text: "é😀"}, {$attach: photo}]
`;

/** Writes it as inputs.yaml, and the picture that it attaches: beside it, or into another folder. */
export async function writeInputs(
  dir: string,
  pictures = dir,
): Promise<void> {
  const text = pictures === dir
    ? INPUTS
    : INPUTS.replace("landscape.png", `${pictures}/landscape.png`);
  await Deno.writeTextFile(`${dir}/inputs.yaml`, text);
  const picture = `${TOOLKIT}/docs/examples/landscape.png`;
  await Deno.copyFile(picture, `${pictures}/landscape.png`);
}
