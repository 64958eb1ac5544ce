const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Copies its attachment, with pauses to be killed in; or ends in another way. */
export async function handle(run) {
  run.emit("begun");
  const attached = run.attachments[0];
  if (run.params.do === "spin") for (;;);
  if (run.params.do === "throw") throw new Error("thrown on purpose");
  if (run.params.do === "exit") Deno.exit(3);
  if (run.params.do === "close") self.close();
  if (run.params.do === "hoard") {
    for (const held = [];;) held.push(new Array(100_000).fill(run.executionId));
  }
  if (run.params.do === "big") {
    await run.write("echo.bin", zeros(run.params.mib));
    return await run.write("note.txt", "big");
  }
  if (run.params.do === "wait") {
    await new Promise((resolve) => run.signal.addEventListener("abort", resolve));
    await pause(20);
    return;
  }
  await run.write("echo.bin", await attached.bytes());
  await pause(30);
  await run.write("note.txt", `note of ${run.executionId}\n`);
  await pause(30);
}

/** So many MiB of zeros. */
function zeros(mib) {
  const piece = new Uint8Array(2 ** 20);
  return ReadableStream.from((function* () {
    for (let i = 0; i < mib; i++) yield piece;
  })());
}
