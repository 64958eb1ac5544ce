/** Writes a release into a folder, `dist` unless another is named: `deno task bundle` */
import { writeRelease } from "./release.ts";

if (import.meta.main) await writeRelease(Deno.args[0] ?? "dist");
