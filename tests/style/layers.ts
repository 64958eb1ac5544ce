/** One import: paths below the root of the repository. Type-only imports count. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

/** Which folders a folder may import. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  schemas: [],
  registry: ["schemas"],
  runtime: ["schemas"],
  adapters: ["schemas"],
  lsp: ["schemas", "registry"],
  cli: ["schemas", "registry", "runtime", "adapters", "lsp", "deno.json"],
  editors: ["schemas", "lsp"],
  "main.ts": ["schemas", "registry", "runtime", "adapters", "lsp", "cli"],
  "lsp.ts": ["cli"],
};

/** The folders and files of the house; everything in them is looked at. */
export const HOUSE: readonly string[] = Object.keys(MAY_IMPORT);

/** Ways in besides each folder's mod.ts, as `from → to`. */
const SIDE_DOORS: readonly RegExp[] = [
  // What handlers import as "theoryctl/handler": types alone.
  /→ schemas\/handler\.ts$/,
  // JSON Schemas are data.
  /→ schemas\/json\/[^/]+\.json$/,
  // The server starts without the checker and its packages: one file says what it takes, one takes more when it is needed.
  /^runtime\/(?:schemas|envelopes)\.ts → schemas\/[a-z_]+\.ts$/,
  // The import map is data.
  /^cli\/.* → deno\.json$/,
  // Editors load it for every JSON and YAML document.
  /^editors\/.* → schemas\/document_kind\.ts$/,
  // The language server alone starts without the command line.
  /^lsp\.ts → cli\/lsp\/mod\.ts$/,
  // Help is shown without loading more than the table it prints.
  /^cli\/help\.ts → schemas\/exit\.ts$/,
  /^cli\/application\.ts → schemas\/nearest\.ts$/,
  /^cli\/(?:attachment_grants|exceeds|granted_text|touches|recorded_containers)\.ts → schemas\/file_path\.ts$/,
  /^cli\/real_world\.ts → schemas\/failure\.ts$/,
  /^cli\/(?:engine_socket|touches)\.ts → adapters\/(?:containers\/addresses|images\/auth_places)\.ts$/,
];

/** Further doors for everybody: a part of a folder that starts faster than the whole, or takes more. */
const OTHER_DOORS: readonly string[] = [
  "adapters/images/mod.ts",
  "schemas/checker.ts",
  "schemas/reading.ts",
  "registry/quick.ts",
  "registry/around.ts",
];

/** The imports that the plan of the house does not allow, as `from → to: why`. */
export function forbidden(edges: readonly Edge[]): readonly string[] {
  return edges.flatMap(({ from, to }) => {
    const why = objection({ from, to });
    return why === undefined ? [] : [`${from} → ${to}: ${why}`];
  });
}

function objection({ from, to }: Edge): string | undefined {
  const [here, there] = [folderOf(from), folderOf(to)];
  if (here === there) return undefined;
  if (!MAY_IMPORT[here]?.includes(there)) {
    return `${here} may not import ${there}`;
  }
  return isDoor({ from, to }) ? undefined : `enter ${there} by its mod.ts`;
}

function isDoor({ from, to }: Edge): boolean {
  return to === `${folderOf(to)}/mod.ts` || OTHER_DOORS.includes(to) ||
    SIDE_DOORS.some((door) => door.test(`${from} → ${to}`));
}

function folderOf(path: string): string {
  return path.split("/")[0] ?? path;
}
