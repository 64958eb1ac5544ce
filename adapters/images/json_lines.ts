/** The values of a stream of lines of JSON, one after the other; lines that are none are left out. */
export async function* jsonLines(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const piece of stream) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* valuesOf(lines);
  }
  yield* valuesOf([rest + decoder.decode()]);
}

function* valuesOf(lines: readonly string[]): Generator<unknown> {
  for (const line of lines) {
    if (line.trim() === "") continue;
    try {
      yield JSON.parse(line);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
}
