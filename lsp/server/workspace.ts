import type { InitializeParams } from "vscode-languageserver";
import { documentKind } from "../../schemas/mod.ts";
import { filePath, resolveFrom } from "../file_uri.ts";
import type { Host, HostRegistry } from "../host.ts";
import { type Around, lookAround } from "../project/around.ts";
import { type Opened, viewOf, type ViewParts } from "../view_of.ts";
import type { View } from "../view.ts";
import { type ClientSettings, DEFAULT_SETTINGS } from "./client_settings.ts";

/** The folders that the client has open, and what documents in them are checked against. */
export class Workspace {
  readonly #host: Host;
  readonly #registries = new Map<string, HostRegistry>();
  readonly #around = new Map<string, Around>();
  #folders: readonly string[];
  #settings = DEFAULT_SETTINGS;

  constructor(host: Host, folders: readonly string[]) {
    this.#host = host;
    this.#folders = [...new Set(folders)];
  }

  /** Absolute. */
  get folders(): readonly string[] {
    return this.#folders;
  }

  get settings(): ClientSettings {
    return this.#settings;
  }

  set settings(settings: ClientSettings) {
    this.#settings = settings;
    this.forget();
  }

  changeFolders(
    { added, removed }: {
      readonly added: readonly string[];
      readonly removed: readonly string[];
    },
  ): void {
    this.#folders = [...new Set([...this.#folders, ...added])]
      .filter((each) => !removed.includes(each));
    this.forget();
  }

  /** Something outside of the open documents changed: what was read is read again when it is needed. */
  forget(): void {
    this.#registries.clear();
    this.#around.clear();
  }

  /** Reads and judges a document. What is none of ours costs a look at its beginning, and no other file. */
  view(opened: Opened): View | undefined {
    return documentKind(opened.source) === undefined
      ? undefined
      : viewOf(opened, this.#parts(opened));
  }

  #parts(opened: Pick<Opened, "uri" | "path" | "dir">): ViewParts {
    const host = this.#host;
    const { roots, association } = this.#aroundOf(opened);
    return {
      files: host.files,
      association,
      registry: this.#registryOver(roots),
      get flags() {
        return host.flags;
      },
    };
  }

  /** The processors that a document can name. */
  registry(opened: Pick<Opened, "uri" | "path" | "dir">): HostRegistry {
    return this.#registryOver(this.#aroundOf(opened).roots);
  }

  #aroundOf(opened: Pick<Opened, "uri" | "path" | "dir">): Around {
    const known = this.#around.get(opened.uri);
    if (known !== undefined) return known;
    const around = lookAround(opened, this.#host);
    this.#around.set(opened.uri, around);
    return around;
  }

  #registryOver(found: readonly string[]): HostRegistry {
    const { probe } = this.#host.files;
    const own = this.#settings.registry
      .map((root) => resolveFrom(this.#folders[0] ?? "/", root))
      .filter((root) => probe(root).kind === "directory");
    const roots = [...own, ...found];
    const key = roots.join("\n");
    const known = this.#registries.get(key);
    if (known !== undefined) return known;
    const registry = this.#host.registry({ roots });
    this.#registries.set(key, registry);
    return registry;
  }
}

/** The folders of a client, however old the way in which it says them; none when it has none. */
export function foldersOf(
  { workspaceFolders, rootUri, rootPath }: Pick<
    InitializeParams,
    "workspaceFolders" | "rootUri" | "rootPath"
  >,
): readonly string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ??
    (rootUri ? [rootUri] : []);
  const paths = foldersIn(uris);
  return paths.length > 0 || !rootPath ? paths : [withoutSlash(rootPath)];
}

/** The folders that URIs name; those that name none are left out. */
export function foldersIn(uris: readonly string[]): readonly string[] {
  return uris.flatMap((uri) => filePath(uri) ?? []).map(withoutSlash);
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}
