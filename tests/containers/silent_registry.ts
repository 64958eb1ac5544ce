/** A registry that takes connections and never says a word. */
export interface SilentRegistry extends AsyncDisposable {
  /** Host and port. */
  readonly host: string;
  /** Fulfilled when somebody asks it for something. */
  readonly asked: Promise<void>;
}

/** Starts one on loopback. */
export function silentRegistry(): SilentRegistry {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const taken: Deno.Conn[] = [];
  const asked = Promise.withResolvers<void>();
  const serving = (async () => {
    for await (const connection of listener) {
      taken.push(connection);
      asked.resolve();
    }
  })();
  return {
    host: `127.0.0.1:${listener.addr.port}`,
    asked: asked.promise,
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const connection of taken) connection.close();
      await serving;
    },
  };
}
