/** A registry root in a temporary folder, removed when disposed. */
export interface TempRegistry extends Disposable {
  readonly dir: string;
}

/** Writes files, by path below the root. */
export function tempRegistry(
  files: Readonly<Record<string, string>>,
): TempRegistry {
  const dir = Deno.makeTempDirSync({ prefix: "theory-registry-" });
  for (const [path, text] of Object.entries(files)) {
    const folder = `${dir}/${path}`.replace(/\/[^/]*$/, "");
    Deno.mkdirSync(folder, { recursive: true });
    Deno.writeTextFileSync(`${dir}/${path}`, text);
  }
  return {
    dir,
    [Symbol.dispose]: () => Deno.removeSync(dir, { recursive: true }),
  };
}

/** A `registry.yaml` without errors; its image says which one it is. */
export function entryText(ref: string, mark = "one"): string {
  const digest = "0".repeat(64);
  return `ref: ${ref}
title: Entry ${mark}
image: { oci: demo/${mark}@sha256:${digest} }
inputs: { type: object }
`;
}
