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
  const header = frame(1, "lost\n").subarray(0, 8);
  assert.deepEqual(await Array.fromAsync(demultiplexed([header])), []);
});

Deno.test("demultiplexed() shows as much as there is of a piece that breaks off", async () => {
  const begun = frame(1, "one\ntwo\n").subarray(0, 8 + 6);
  assert.deepEqual(await Array.fromAsync(demultiplexed([begun])), [
    "one",
    "tw",
  ]);
});

Deno.test("demultiplexed() hides secrets wherever a log is cut, also across lines", async () => {
  const secrets = ["sk-very-secret", "-----BEGIN KEY-----\nabc\n-----END"];
  const log = joined([
    frame(1, "the key is sk-very-"),
    frame(2, "sk-very-secret, as an error\n"),
    frame(1, "secret\n-----BEGIN KEY-----\n"),
    frame(1, "abc\n-----END KEY\nsk-very-bad\n"),
  ]);
  const whole = await Array.fromAsync(demultiplexed([log], secrets));
  assert.deepEqual(whole, [
    "***, as an error",
    "the key is ***",
    "*** KEY",
    "sk-very-bad",
  ]);
  for (let size = 1; size < log.length; size++) {
    const pieces = Array.from(
      { length: Math.ceil(log.length / size) },
      (_, i) => log.subarray(i * size, (i + 1) * size),
    );
    const lines = await Array.fromAsync(demultiplexed(pieces, secrets));
    assert.deepEqual(lines, whole, `${size}`);
  }
});

/** Most characters of a line. */
const LONGEST = 2 ** 20;

Deno.test("demultiplexed() keeps no more of a line without an end than a piece of it", async () => {
  const endless = (function* () {
    for (;;) yield frame(1, "x".repeat(16_000));
  })();
  const pieces: number[] = [];
  for await (const { length } of demultiplexed(endless)) {
    if (pieces.push(length) === 3) break;
  }
  assert.deepEqual(pieces, [LONGEST, LONGEST, LONGEST]);
});

Deno.test("demultiplexed() cuts a long line in the same places however it comes", async () => {
  const balloons = `a${"🎈".repeat(LONGEST)}`;
  const log = frame(1, `${balloons}\nshort\n`);
  const whole = await Array.fromAsync(demultiplexed([log]));
  assert.deepEqual(whole.map(({ length }) => length), [
    LONGEST - 1,
    LONGEST,
    2,
    5,
  ]);
  assert.equal(whole.slice(0, 3).join(""), balloons);
  const pieces = Array.from(
    { length: Math.ceil(log.length / 10_001) },
    (_, i) => log.subarray(i * 10_001, (i + 1) * 10_001),
  );
  assert.deepEqual(await Array.fromAsync(demultiplexed(pieces)), whole);
});
