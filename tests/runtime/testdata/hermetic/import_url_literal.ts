export async function handle() {
  await import("https://deno.land/std@0.224.0/version.ts");
}
