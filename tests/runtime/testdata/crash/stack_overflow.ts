export function handle(): number {
  return 1 + handle();
}
