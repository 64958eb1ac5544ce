import type { Edge } from "./layers.ts";
import { ROOT } from "./repository_files.ts";

/** What `deno info --json` says, as far as it is used. */
interface Info {
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly {
      readonly code?: { readonly specifier?: string };
      readonly type?: { readonly specifier?: string };
    }[];
  }[];
}

/** Every import between the given files and what they reach in the repository, types included. */
export async function importsOf(
  files: readonly string[],
): Promise<readonly Edge[]> {
  const { modules } = await inspect(files);
  return modules.flatMap(({ specifier, dependencies = [] }) =>
    dependencies.flatMap(({ code, type }) =>
      [code?.specifier, type?.specifier].flatMap((to) =>
        to === undefined ? [] : edge(specifier, to)
      )
    )
  );
}

function edge(from: string, to: string): readonly Edge[] {
  if (!from.startsWith(ROOT.href) || !to.startsWith(ROOT.href)) return [];
  const place = (url: string) => decodeURI(url.slice(ROOT.href.length));
  return [{ from: place(from), to: place(to) }];
}

/** One call for all files: a module made up for it imports each of them. */
async function inspect(files: readonly string[]): Promise<Info> {
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    const imports = files.map((file) =>
      `import "${new URL(encodeURI(file), ROOT)}";\n`
    );
    await Deno.writeTextFile(entry, imports.join(""));
    const { stdout, success } = await new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", "--no-lock", "--config", "deno.json", entry],
      cwd: ROOT,
      stderr: "inherit",
    }).output();
    if (!success) throw new Error("Cannot read the module graph");
    return JSON.parse(new TextDecoder().decode(stdout));
  } finally {
    await Deno.remove(entry);
  }
}
