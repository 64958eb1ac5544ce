export function handle() {
  throw "just text";
}
