import assert from "node:assert/strict";
import fc from "fast-check";
import { demultiplexed } from "../../../adapters/containers/demultiplex.ts";

/** A piece as engines send it, of standard output (1) or standard error (2). */
function frame(stream: 1 | 2, text: string): Uint8Array {
  const content = new TextEncoder().encode(text);
  const bytes = new Uint8Array(8 + content.length);
  bytes[0] = stream;
  new DataView(bytes.buffer).setUint32(4, content.length);
  bytes.set(content, 8);
  return bytes;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(pieces.flatMap((piece) => [...piece]));
}

Deno.test("demultiplexed() keeps lines of the two streams apart, and ends the last ones", async () => {
  const log = joined([
    frame(1, "out one\nout "),
    frame(2, "err one\r\nerr"),
    frame(1, "two\n"),
    frame(2, " two"),
  ]);
  assert.deepEqual(await Array.fromAsync(demultiplexed([log])), [
    "out one",
    "err one",
    "out two",
    "err two",
  ]);
});

Deno.test("demultiplexed() answers the same wherever a log is cut, even within a character", async () => {
  const log = joined([
    frame(1, "zwölf\n€uro"),
    frame(2, "ärger 🎈\n"),
    frame(1, "\n\nlast"),
  ]);
  const whole = await Array.fromAsync(demultiplexed([log]));
  assert.deepEqual(whole, ["zwölf", "ärger 🎈", "€uro", "", "last"]);
  const cuts = fc.array(fc.nat(log.length), { maxLength: 8 });
  await fc.assert(fc.asyncProperty(cuts, async (places) => {
    const ends = [...places, log.length].sort((a, b) => a - b);
    const pieces = ends.map((end, i) => log.subarray(ends[i - 1] ?? 0, end));
    assert.deepEqual(await Array.fromAsync(demultiplexed(pieces)), whole);
  }));
});

Deno.test("demultiplexed() answers nothing of nothing, nor of a header without its piece", async () => {
  assert.deepEqual(await Array.fromAsync(demultiplexed([])), []);
  const [header] = [frame(1, "lost\n").subarray(0, 10)];
  assert.deepEqual(await Array.fromAsync(demultiplexed([header])), []);
});
