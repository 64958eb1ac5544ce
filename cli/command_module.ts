/**
 * The module of a command, loaded when it runs. Named by a computed address: what Deno sees as an import it
 * reads at start, with all that hangs on it, also for --help.
 */
export function body<M>(name: string): () => Promise<M> {
  return later(`./commands/${name}.ts`);
}

/** A module of this folder that is loaded when it is needed. */
export function later<M>(place: string): () => Promise<M> {
  const address = new URL(place, import.meta.url).href;
  return () => import(address);
}
