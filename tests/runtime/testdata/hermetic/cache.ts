export async function handle() {
  await caches.open("v1");
}
