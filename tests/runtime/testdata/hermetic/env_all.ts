export function handle() {
  Deno.env.toObject();
}
