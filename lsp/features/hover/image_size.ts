/** Width and height of a picture, in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/**
 * The size of a PNG, JPEG, GIF or WebP picture by the beginning of its file; undefined for anything else, and where
 * the beginning is too short.
 */
export function imageSize(head: Uint8Array): ImageSize | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  try {
    for (const read of [png, gif, webp, jpeg]) {
      const size = read(view);
      if (size !== undefined) return size;
    }
  } catch (error) {
    // The view ends before what is looked for.
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

function png(view: DataView): ImageSize | undefined {
  if (!startsWith(view, "\x89PNG\r\n\x1a\n")) return undefined;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function gif(view: DataView): ImageSize | undefined {
  if (!startsWith(view, "GIF87a") && !startsWith(view, "GIF89a")) {
    return undefined;
  }
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

function webp(view: DataView): ImageSize | undefined {
  if (!startsWith(view, "RIFF") || !startsWith(view, "WEBP", 8)) {
    return undefined;
  }
  if (startsWith(view, "VP8 ", 12)) {
    return {
      width: view.getUint16(26, true) & 0x3fff,
      height: view.getUint16(28, true) & 0x3fff,
    };
  }
  if (startsWith(view, "VP8L", 12)) {
    const bits = view.getUint32(21, true);
    return {
      width: (bits & 0x3fff) + 1,
      height: ((bits >>> 14) & 0x3fff) + 1,
    };
  }
  if (!startsWith(view, "VP8X", 12)) return undefined;
  const three = (at: number) =>
    view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  return { width: three(24) + 1, height: three(27) + 1 };
}

/** Markers that say how large the picture is, in each of the ways that JPEG knows. */
const FRAMES = new Set([
  ...[0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7],
  ...[0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf],
]);

function jpeg(view: DataView): ImageSize | undefined {
  if (!startsWith(view, "\xff\xd8")) return undefined;
  for (let at = 2;;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (FRAMES.has(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    // Filling bytes may stand before a marker.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
}

function startsWith(view: DataView, text: string, at = 0): boolean {
  return [...text].every((each, i) =>
    at + i < view.byteLength && view.getUint8(at + i) === each.charCodeAt(0)
  );
}
