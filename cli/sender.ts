/** Milliseconds that a reader has for what is being written when the command is interrupted. */
const READ_WITHIN = 500;

/** What is written to, and what ends that. */
export interface SenderParts {
  readonly stream: Pick<typeof Deno.stdout, "write">;
  readonly interrupted: AbortSignal;
  /** What to do about what cannot be written, though there is a reader. */
  readonly refused: (error: unknown) => void;
}

/** Writes all of the bytes after those before; answers whether the reader is still there. */
export type Send = (bytes: Uint8Array) => Promise<boolean>;

/**
 * Writes without holding up its thread, so that signals are heard while a reader does not read. Rejects a moment after
 * the interruption: what the system has then been given cannot be taken back, and nothing more can be written.
 */
export function sender(parts: SenderParts): Send {
  let last = Promise.resolve(true);
  return (bytes) => {
    last = last.then((open) =>
      open && unlessInterrupted(writeAll(bytes, parts), parts.interrupted)
    );
    return last;
  };
}

async function writeAll(
  bytes: Uint8Array,
  { stream, refused }: SenderParts,
): Promise<boolean> {
  try {
    for (let done = 0; done < bytes.length;) {
      done += await stream.write(bytes.subarray(done));
    }
    return true;
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) refused(error);
    return false;
  }
}

async function unlessInterrupted(
  writing: Promise<boolean>,
  interrupted: AbortSignal,
): Promise<boolean> {
  const late = Promise.withResolvers<never>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onInterrupted = () => {
    timer = setTimeout(() => late.reject(interrupted.reason), READ_WITHIN);
  };
  if (interrupted.aborted) onInterrupted();
  else interrupted.addEventListener("abort", onInterrupted, { once: true });
  try {
    return await Promise.race([writing, late.promise]);
  } finally {
    clearTimeout(timer);
    interrupted.removeEventListener("abort", onInterrupted);
  }
}
