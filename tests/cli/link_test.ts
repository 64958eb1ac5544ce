import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "./request_of.ts";
import { theory } from "./theory.ts";

/** Each loads what others do not. */
const LINES = [
  ["registry", "list"],
  ["registry", "new", "demo/hello@1"],
  ["localctl", "status"],
  ["completions", "zsh"],
];

for (const args of LINES) {
  Deno.test(`${args.slice(0, 2).join(" ")} works when the program is reached through a link`, async () => {
    const cwd = await Deno.makeTempDir({ prefix: "link-" });
    await Deno.symlink(ROOT, join(cwd, "kit"));
    const main = join(cwd, "kit/main.ts");
    const refused = await theory(args, { cwd, main, flags: ["--no-prompt"] });
    const [, line = ""] = /^Run: deno run (.*) \S*main\.ts /m
      .exec(refused.stderr) ?? [];
    const exact = ["--no-prompt", ...line.split(" ")];
    const typed = await theory(args, { cwd, main, flags: exact });
    assert.equal(typed.code, 0, typed.stderr);
    await Deno.remove(join(cwd, "registry"), { recursive: true })
      .catch(() => {});
    const all = await theory(args, { cwd, main, flags: ["-A"] });
    assert.equal(all.code, 0, all.stderr);
    await Deno.remove(cwd, { recursive: true });
  });
}
