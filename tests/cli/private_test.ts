import assert from "node:assert/strict";
import { join } from "node:path";
import { CASES, placeOf, settingForCases } from "./every_command.ts";
import { theory } from "./theory.ts";

/** Everything below a folder that somebody else may use, with its mode. */
async function openTo(dir: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(dir)) {
    const path = join(dir, name);
    const mode = ((await Deno.lstat(path)).mode ?? 0) & 0o777;
    if ((mode & 0o077) !== 0) found.push(`${path} ${mode.toString(8)}`);
    if (isDirectory) found.push(...await openTo(path));
  }
  return found;
}

/** With files that all may read and write, unless whoever makes them says otherwise. */
async function withLooseMask<T>(action: () => Promise<T>): Promise<T> {
  const before = Deno.umask(0);
  try {
    return await action();
  } finally {
    Deno.umask(before);
  }
}

Deno.test("every command leaves its state folder to the user alone, whatever the umask", async () => {
  await using setting = await settingForCases();
  const { dir: cwd } = setting;
  await withLooseMask(async () => {
    for (const one of CASES) {
      const { args, stdin } = one;
      const { dir, env } = placeOf(one, setting);
      await theory(args, { cwd: dir, env, stdin });
      const open = await openTo(cwd);
      const state = open.filter((each) => /\/(\.theory|other)\b/.test(each));
      assert.deepEqual(state, [], args.join(" "));
    }
  });
  // Otherwise the mask was not loose.
  assert.notDeepEqual(await openTo(cwd), []);
});
