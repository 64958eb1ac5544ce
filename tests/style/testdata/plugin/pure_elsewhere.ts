// place: adapters/example.ts
export const started = Date.now();
export const home = Deno.env.get("HOME");
