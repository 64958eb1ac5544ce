import assert from "node:assert/strict";
import { CASES, placeOf, SECRETS, settingForCases } from "./every_command.ts";
import { everythingIn, formsOf, watchCommandLines } from "./every_place.ts";
import { theory } from "./theory.ts";

/** Where marked values were found. */
function found(texts: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(SECRETS).flatMap(([name, value]) =>
    Object.entries(texts).flatMap(([place, text]) =>
      formsOf(value).some((form) => text.includes(form))
        ? [`${name} in ${place}`]
        : []
    )
  );
}

for (
  const [what, login] of [
    ["keys", ""],
    ["a password in an address", `user:${SECRETS.password}@`],
  ] as const
) {
  Deno.test(`every command keeps ${what} to itself`, async () => {
    await using setting = await settingForCases(login);
    const { dir: cwd } = setting;
    const watching = watchCommandLines();
    const texts: Record<string, string> = {};
    for (const one of CASES) {
      const { args, stdin } = one;
      const { dir, env } = placeOf(one, setting);
      const printed = await theory(args, { cwd: dir, env, stdin });
      const line = args.join(" ");
      texts[`the output of ${line}`] = `${printed.stdout}${printed.stderr}`;
      texts[`the folder after ${line}`] = await everythingIn(cwd);
    }
    const lines = [...await watching.stop()].join("\n");
    // Otherwise nothing was watched.
    assert.match(lines, /main\.ts localctl start/);
    assert.match(lines, /runtime\/serve\.ts/);
    assert.deepEqual(found({ ...texts, "a command line": lines }), []);
  });
}
