export function handle() {
  Promise.reject(new RangeError("alone"));
  return new Promise(() => {});
}
