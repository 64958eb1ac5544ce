/** Waits until a program has printed a text; what it prints after that is read and forgotten. */
export async function untilSaid(
  stream: ReadableStream<Uint8Array>,
  text: string,
): Promise<void> {
  let said = "";
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  while (!said.includes(text)) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`It did not say "${text}", but "${said}"`);
    said += value;
  }
  void (async () => {
    while (!(await reader.read()).done);
  })().catch(() => {});
}
