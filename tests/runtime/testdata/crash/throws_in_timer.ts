export function handle() {
  setTimeout(() => {
    throw new Error("in a timer");
  }, 1);
  return new Promise(() => {});
}
