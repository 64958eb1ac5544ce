/** Absolute folder of the processors that come with theoryctl. */
export const SHIPPED_DIR: string = import.meta.dirname ?? ".";
