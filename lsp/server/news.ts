/** Tells those who wait that something may be other than before. */
export class News {
  #next = Promise.withResolvers<void>();

  #count = 0;

  /** How often something happened so far. */
  get count(): number {
    return this.#count;
  }

  /** Settles with the next thing that happens. */
  get next(): Promise<void> {
    return this.#next.promise;
  }

  tell(): void {
    this.#count++;
    this.#next.resolve();
    this.#next = Promise.withResolvers<void>();
  }
}
