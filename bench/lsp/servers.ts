import type { Language } from "./document.ts";

/** A language server to measure. */
export interface Server {
  readonly name: string;
  readonly command: readonly string[];
  readonly languages: readonly Language[];
  /** Milliseconds that it always waits before a check; what is net of them is shown, too. */
  readonly debounce: number;
  /** Whether it is ours. */
  readonly ours: boolean;
  /** Whether it is written in JavaScript. */
  readonly javascript: boolean;
  /** Comes first in a document, to say by which schema it is to be checked. */
  readonly head?: (schema: string) => string;
  /** Told after `initialized`: by which schema documents are to be checked. */
  readonly settings?: (schema: string) => unknown;
}

/** Ours: of the source and of a release, with the permissions that the documentation says. */
export function ourServers(
  { deno, source, release }: {
    readonly deno: string;
    /** Folders, without a slash at their end. */
    readonly source: string;
    readonly release: string;
  },
): readonly Server[] {
  const ours = {
    languages: ["json", "yaml"],
    debounce: 0,
    ours: true,
    javascript: true,
  } as const;
  const run = (folder: string) => [
    ...[deno, "run", "--no-prompt", `--allow-read=${folder},.`],
  ];
  return [
    {
      ...ours,
      name: "`lsp.js` of a release",
      command: [...run(release), `${release}/lsp.js`],
    },
    {
      ...ours,
      name: "`lsp.ts` of the source",
      command: [...run(source), `${source}/lsp.ts`],
    },
    {
      ...ours,
      name: "`main.ts lsp` of the source",
      command: [...run(source), `${source}/main.ts`, "lsp"],
    },
  ];
}

/** The packages of the peers, as npm knows them. */
export const PEER_PACKAGES: readonly string[] = [
  "yaml-language-server@2.0.0",
  "vscode-langservers-extracted@4.10.0",
  "tombi@0.11.7",
];

/** The peers in a folder that their packages are installed in. */
export function peerServers(
  modules: string,
  { node, tombi }: {
    readonly node: string;
    /** Its native program. */
    readonly tombi: string;
  },
): readonly Server[] {
  const peer = { ours: false, javascript: true } as const;
  return [
    {
      ...peer,
      name: "yaml-language-server 2.0.0",
      command: [
        ...[node, `${modules}/yaml-language-server/bin/yaml-language-server`],
        "--stdio",
      ],
      languages: ["yaml"],
      debounce: 200,
      head: (schema) => `# yaml-language-server: $schema=${schema}\n`,
    },
    {
      ...peer,
      name: "vscode-json-language-server 4.10.0",
      command: [
        node,
        `${modules}/vscode-langservers-extracted/bin/vscode-json-language-server`,
        "--stdio",
      ],
      languages: ["json"],
      debounce: 500,
      settings: (schema) => ({
        json: {
          validate: { enable: true },
          schemas: [{
            fileMatch: ["*"],
            url: "bench://schema",
            schema: JSON.parse(schema),
          }],
        },
      }),
    },
    {
      ...peer,
      name: "tombi 0.11.7 (native, TOML)",
      command: [tombi, "lsp", "--offline"],
      languages: ["toml"],
      debounce: 0,
      javascript: false,
      head: (schema) => `#:schema ${schema}\n\n`,
    },
  ];
}
