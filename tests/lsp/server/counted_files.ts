import type { HostFiles } from "../../../lsp/mod.ts";

/** Files whose every use is written down. */
export function counted(
  files: HostFiles,
): { readonly files: HostFiles; readonly calls: string[] } {
  const calls: string[] = [];
  const names = ["probe", "text", "list", "head", "cid"] as const;
  const all = names.map((name) => [
    name,
    (path: string, more: never) => {
      calls.push(`${name} ${path}`);
      return files[name](path, more);
    },
  ]);
  return { files: Object.fromEntries(all), calls };
}
