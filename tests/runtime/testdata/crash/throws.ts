export function handle() {
  throw new TypeError("no such thing");
}
