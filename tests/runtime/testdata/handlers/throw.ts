/** Fails deep inside. */
export function handle(): void {
  inner();
}

function inner(): never {
  throw new RangeError("out of range");
}
