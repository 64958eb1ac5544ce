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
  cli: ["schemas", "registry", "runtime", "adapters", "lsp"],
  "main.ts": ["schemas", "registry", "runtime", "adapters", "lsp", "cli"],
};

/** The folders and files of the house; everything in them is looked at. */
export const HOUSE: readonly string[] = Object.keys(MAY_IMPORT);

/** Doors besides each folder's mod.ts. */
const DOORS: readonly RegExp[] = [
  // What handlers import as "theoryctl/handler": types alone.
  /^schemas\/handler\.ts$/,
  // Light files of schemas, for what must start fast and needs one table.
  /^schemas\/(?:exit|failure)\.ts$/,
  // JSON Schemas are data.
  /^schemas\/json\/[^/]+\.json$/,
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

function isDoor({ to }: Edge): boolean {
  return to === `${folderOf(to)}/mod.ts` || DOORS.some((door) => door.test(to));
}

function folderOf(path: string): string {
  return path.split("/")[0] ?? path;
}
