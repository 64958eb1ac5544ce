import { unzipSync } from "fflate";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { writeRelease } from "../../release/release.ts";
import { writeVsix } from "./vsix.ts";

/** The extension as it is after its package was installed. */
export interface Installed extends AsyncDisposable {
  /** The package, as bytes. */
  readonly bytes: Uint8Array;
  readonly folder: string;
  /** Loads the main module, as VS Code does; `vscode` is what it is given for the editor. */
  readonly load: (vscode: object) => {
    readonly main: Main;
    /** The modules of the extension that were loaded, by name. */
    readonly loaded: readonly string[];
  };
}

interface Main {
  readonly activate: (context: object) => {
    readonly session: () => Promise<unknown>;
    readonly dispose: () => Promise<void>;
  };
}

/** Packages the extension, and puts what is in the package where nothing else is. */
export async function installedExtension(): Promise<Installed> {
  const scratch = await Deno.makeTempDir({ prefix: "vsix-" });
  const dist = join(scratch, "dist");
  await writeRelease(dist);
  const bytes = await Deno.readFile(await writeVsix(dist));
  await Deno.remove(dist, { recursive: true });
  for (const [place, content] of Object.entries(unzipSync(bytes))) {
    const path = join(scratch, place);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(path, content);
  }
  const folder = join(scratch, "extension");
  return {
    bytes,
    folder,
    load: (vscode) => loaded(folder, vscode),
    [Symbol.asyncDispose]: () => Deno.remove(scratch, { recursive: true }),
  };
}

function loaded(folder: string, vscode: object): ReturnType<Installed["load"]> {
  const names: string[] = [];
  const builtin = createRequire(import.meta.url);
  const own = (path: string): unknown => {
    names.push(path.slice(folder.length + 1));
    const module = { exports: {} };
    // CommonJS as VS Code loads it: a function of what the module may name.
    new Function("module", "exports", "require", Deno.readTextFileSync(path))(
      module,
      module.exports,
      (name: string) => {
        if (name === "vscode") return vscode;
        return name.startsWith(folder) ? own(name) : builtin(name);
      },
    );
    return module.exports;
  };
  const main = own(join(folder, "extension.js")) as Main;
  return { main, loaded: names };
}
