export function handle() {
  self.close();
}
