/** Tells those who wait that something may be other than before. */
export class News {
  #next = Promise.withResolvers<void>();

  /** Settles with the next thing that happens. */
  get next(): Promise<void> {
    return this.#next.promise;
  }

  tell(): void {
    this.#next.resolve();
    this.#next = Promise.withResolvers<void>();
  }
}
