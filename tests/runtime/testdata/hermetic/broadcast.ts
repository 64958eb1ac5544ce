export function handle() {
  new BroadcastChannel("runs").postMessage("hello");
}
