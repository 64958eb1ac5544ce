export function handle() {
  new Worker("data:text/javascript,", { type: "module" });
}
