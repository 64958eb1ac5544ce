/** Writes a release and, into it, the extension for VS Code; into `dist` unless another folder is named: `deno task vsix` */
import { writeRelease } from "../../release/release.ts";
import { writeVsix } from "./vsix.ts";

if (import.meta.main) {
  const [folder = "dist"] = Deno.args;
  await writeRelease(folder);
  await writeVsix(folder);
}
