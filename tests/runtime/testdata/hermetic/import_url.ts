export async function handle() {
  const name = "version";
  await import(`https://deno.land/std@0.224.0/${name}.ts`);
}
