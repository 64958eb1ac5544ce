import type { World } from "../../cli/world.ts";

/** What a command wrote into a plain world. */
export interface PlainWorld {
  readonly world: World;
  readonly out: () => string;
  readonly err: () => string;
}

/** A world made of values: nothing in it touches the machine. */
export function plainWorld(
  args: readonly string[],
  more: Partial<World> & { readonly granted?: readonly string[] } = {},
): PlainWorld {
  const [out, err]: [string[], string[]] = [[], []];
  const sink = (texts: string[]) => ({
    write: (text: string) => void texts.push(text),
    send: (bytes: Uint8Array) => {
      texts.push(new TextDecoder().decode(bytes));
      return Promise.resolve(true);
    },
    isTerminal: false,
    color: false,
    redraws: false,
    columns: () => 80,
  });
  const { granted, ...given } = more;
  const world: World = {
    args,
    stdin: { stream: () => new Blob([]).stream(), isTerminal: false },
    stdout: sink(out),
    stderr: sink(err),
    env: () => undefined,
    cwd: "/work-folder",
    clock: { now: () => 0, monotonic: () => 0 },
    files: {
      read: () => Promise.reject(new Deno.errors.NotFound("no file here")),
      readText: () => Promise.reject(new Deno.errors.NotFound("no file here")),
      probe: () => ({ kind: "missing" }),
      create: () => Promise.reject(new Deno.errors.NotFound("no folder here")),
      replace: () => Promise.reject(new Deno.errors.NotFound("no file here")),
    },
    uuid: () => "00000000-0000-4000-8000-000000000000",
    interrupted: new AbortController().signal,
    killed: new AbortController().signal,
    permissions: {
      granted: ({ name, value }) =>
        Promise.resolve(
          granted === undefined || granted.includes(`${name} ${value}`),
        ),
      ask: () => Promise.resolve(false),
      exceeds: () => Promise.resolve(false),
    },
    toolkit: {
      program: "main.ts",
      version: "1.2.3",
      dir: "/toolkit",
      file: "main.ts",
      deno: "/bin/deno",
    },
    ...given,
  };
  return { world, out: () => out.join(""), err: () => err.join("") };
}
