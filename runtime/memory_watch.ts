/** Milliseconds between two looks. */
const EVERY = 50;
/** Bytes of a server that runs nothing, with room to spare; no limit is below it. */
const FLOOR = 256 * 2 ** 20;

/** The most memory, in bytes, that a server may use when its entry says so many GB. */
export function memoryLimit(memoryGb: number): number {
  return Math.max(memoryGb * 2 ** 30, FLOOR);
}

/** Looks at the memory of this process while something runs. */
export interface MemoryWatch {
  /** Begins to look; answers how to stop. */
  look(): () => void;
}

/**
 * Tells once when this process uses more than `limit` bytes. A Worker whose heap is full takes the whole
 * process with it, without a word; so the server has to speak before that.
 */
export function watchMemory(
  limit: number,
  onOver: (bytes: number) => void,
): MemoryWatch {
  let looking = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const check = () => {
    const { rss } = Deno.memoryUsage();
    if (rss <= limit) return;
    clearInterval(timer);
    onOver(rss);
  };
  return {
    look() {
      if (looking++ === 0) timer = setInterval(check, EVERY);
      return () => {
        if (--looking === 0) clearInterval(timer);
      };
    },
  };
}
