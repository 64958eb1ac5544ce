import { join } from "node:path";
import { assertInstallable } from "./installation.ts";

Deno.test("what docs/install.md installs works in another folder, and can be removed", async () => {
  await assertInstallable(join(import.meta.dirname ?? ".", "../.."), "main.ts");
});
