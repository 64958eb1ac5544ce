import assert from "node:assert/strict";
import { dirname } from "node:path";
import {
  CASES,
  type CommandCase,
  placeOf,
  settingForCases,
} from "./every_command.ts";
import { type Printed, theory } from "./theory.ts";

/** Needs no permission at all. */
const FREE = ["explain"];

/** Some first need to read what tells them the rest, which they say; see `asking_test.ts`. */
const LINES = 2;

interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Does a command by the lines that it prints, typed as they are; answers what went wrong. */
async function byPrintedLines(
  { of, args, stdin, code: expected = 0 }: CommandCase,
  place: Place,
): Promise<readonly string[]> {
  let printed = await theory(args, { ...place, stdin, flags: ["--no-prompt"] });
  if (!FREE.includes(of) && printed.code !== 10) {
    return [`${args.join(" ")}: exit ${printed.code} without permissions`];
  }
  for (let i = 0; i < LINES && printed.code === 10; i++) {
    const line = /^Run: (.*)$/m.exec(printed.stderr)?.[1];
    assert.ok(line, printed.stderr);
    printed = await typed(line, stdin, place);
  }
  const { code, stderr } = printed;
  return code === expected
    ? []
    : [`${args.join(" ")}: exit ${code}: ${stderr}`];
}

async function typed(
  line: string,
  stdin: string,
  { cwd, env }: Place,
): Promise<Printed> {
  const { PATH = "", HOME = "", DENO_DIR } = Deno.env.toObject();
  const cache = DENO_DIR === undefined ? {} : { DENO_DIR };
  const path = `${dirname(Deno.execPath())}:${PATH}`;
  const child = new Deno.Command("sh", {
    args: ["-c", line],
    cwd,
    clearEnv: true,
    env: { PATH: path, HOME, NO_COLOR: "1", ...cache, ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(stdin)).catch(() => {});
  await writer.close().catch(() => {});
  const { code, stdout, stderr } = await child.output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

Deno.test("every command without permissions prints a line that works when it is typed", async () => {
  await using setting = await settingForCases();
  const wrong: string[] = [];
  for (const one of CASES) {
    const { dir: cwd, env } = placeOf(one, setting);
    wrong.push(...await byPrintedLines(one, { cwd, env }));
  }
  assert.deepEqual(wrong, []);
});
