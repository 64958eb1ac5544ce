// place: schemas/example.ts
/** Takes its world as arguments, and may speak of types of the world. */
export interface World {
  readonly fetch: typeof fetch;
  readonly console: { log(text: string): void };
  readonly child: Deno.ChildProcess;
}

export function birthday(text: string): Date {
  return new Date(text);
}

export async function load(fetch: World["fetch"], world: World) {
  world.console.log(String(Date.UTC(2000, 1)));
  return await fetch("http://127.0.0.1/");
}

export function named({ process = "init" }: { process?: string }): string {
  return process;
}
