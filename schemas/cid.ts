/** Content identifier: `b3:` and the 64 hex digits of the BLAKE3-256 of the bytes. */
export type Cid = `b3:${string}`;

export const CID_PATTERN = "^b3:[0-9a-f]{64}$";

/** Stands for a cid that is not computed, where only its shape matters (checking before hashing). */
export const UNKNOWN_CID: Cid = `b3:${"0".repeat(64)}`;

export function isCid(text: string): text is Cid {
  return /^b3:[0-9a-f]{64}$/.test(text);
}

/** Computes a cid piece by piece. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  /** May be called once; frees the memory of the hash. */
  cid(): Cid;
}

/**
 * A new hasher. Loads the hash library when first called: its WebAssembly is imported as a module,
 * which needs no permission (the package's own entry reads the file and asks for read access).
 */
export async function createHasher(): Promise<Hasher> {
  const [{ provideWasm }, wasm, { createHash }] = await Promise.all([
    import("blake3/esm/browser/wasm.js"),
    import("blake3/dist/wasm/browser/blake3_js.js"),
    import("blake3/esm/browser/index.js"),
  ]);
  provideWasm(wasm);
  const hash = createHash();
  return {
    update: (bytes) => void hash.update(bytes),
    cid: () => `b3:${hash.digest("hex")}`,
  };
}

/** The cid of bytes in memory. */
export async function cidOf(bytes: Uint8Array): Promise<Cid> {
  const hasher = await createHasher();
  hasher.update(bytes);
  return hasher.cid();
}
