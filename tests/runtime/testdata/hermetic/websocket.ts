export function handle() {
  new WebSocket("wss://example.com/");
}
