import { openRegistry, rootsFrom, SHIPPED_DIR } from "../../registry/mod.ts";
import type { ReadAhead } from "../../registry/read_ahead.ts";

/** What `registry/read_ahead.json` must hold: the shipped documents and what reading them comes to. */
export function readAheadText(): string {
  const registry = openRegistry(
    rootsFrom({ cwd: "/", shippedDir: SHIPPED_DIR }),
  );
  const ahead: Record<string, ReadAhead> = {};
  for (const { ref } of registry.list()) {
    const { source, diagnostics, entry, file } = registry.require(ref);
    const place = file.slice(SHIPPED_DIR.length + 1);
    ahead[place] = { ref, text: source.text, diagnostics, entry };
  }
  return `${JSON.stringify(ahead, null, 2)}\n`;
}
