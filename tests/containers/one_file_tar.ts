const BLOCK = 512;

/** An archive that holds one file, in the oldest form of tar. */
export function oneFileTar(
  name: string,
  content: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const padded = Math.ceil(content.length / BLOCK) * BLOCK;
  const archive = new Uint8Array(BLOCK + padded + 2 * BLOCK);
  const write = (text: string, at: number) =>
    archive.set(new TextEncoder().encode(text), at);
  const octal = (value: number) => value.toString(8).padStart(11, "0");
  write(name, 0);
  write("0000644\0" + "0000000\0" + "0000000\0", 100);
  write(`${octal(content.length)}\0${octal(0)}\0        0`, 124);
  const sum = archive.subarray(0, BLOCK).reduce((all, byte) => all + byte, 0);
  write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  archive.set(content, BLOCK);
  return archive;
}
