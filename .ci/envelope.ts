/**
 * Compares what the first command of a README printed with what the README shows:
 * `envelope.ts STDOUT README`. Fails unless it is one line, an envelope of success, and what is shown.
 * When it is another execution than the one shown, prints the id of that one: run it with that id, compare again.
 */
const [outputFile = "", readmeFile = ""] = Deno.args;
const output = await Deno.readTextFile(outputFile);
const shown = shownOutput(await Deno.readTextFile(readmeFile));
const id = executionId(output);
const shownId = executionId(shown);
if (output !== shown) {
  if (id === shownId) {
    throw new Error(`Cannot find the output in ${readmeFile}: ${shown}`);
  }
  await Deno.stdout.write(new TextEncoder().encode(shownId));
}

/** The id in an envelope of success. */
function executionId(text: string): string {
  const { status, execution_id } = JSON.parse(text);
  if (status !== "success" || text.trimEnd().includes("\n")) {
    throw new Error(`Cannot accept as one line of success: ${text}`);
  }
  return execution_id;
}

/** The block after the first command. */
function shownOutput(readme: string): string {
  const block = /^```sh$.*?^```$.*?^```(\w+)$\n(.*?)^```$/ms.exec(readme);
  if (block?.[1] !== "json" && block?.[1] !== "text") {
    throw new Error("Cannot find the output after the first sh block");
  }
  return block[2] ?? "";
}
