import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import type { Request } from "../../cli/application.ts";
import type { Command } from "../../cli/command.ts";
import { flagName } from "../../cli/flag_name.ts";
import { permissionLines } from "../../cli/help_permissions.ts";
import { MENU } from "../../cli/menu.ts";
import { each, permissionFlags } from "../../cli/permission_sets.ts";
import { declaredBy } from "../../cli/permissions.ts";
import { stagedName } from "../../cli/staged_name.ts";
import { excessOf, narrowedExcess, readAudit } from "./audit.ts";
import { CASES, placeOf, settingForCases } from "./every_command.ts";
import { requestOf, ROOT } from "./request_of.ts";
import { theory } from "./theory.ts";

Deno.test("CASES holds a line of every command of the menu", () => {
  const cases = new Set(CASES.map(({ of }) => of));
  assert.deepEqual(
    [...cases].sort(),
    MENU.map(({ path }) => path.join(" ")).sort(),
  );
});

/** Runs every case; answers what went wrong, and what was touched beyond what is declared. */
async function audited(grants: "exact" | "all"): Promise<readonly string[]> {
  await using setting = await settingForCases();
  const log = join(setting.dir, "audit.log");
  const wrong: string[] = [];
  for (const one of CASES) {
    const place = placeOf(one, setting);
    const { dir: cwd, env } = place;
    const request = await requestOf(one.args, place);
    const declared = await declaredBy(request);
    await Deno.writeTextFile(log, "");
    const { code, stderr } = await theory(one.args, {
      cwd,
      stdin: one.stdin,
      env: { ...env, DENO_AUDIT_PERMISSIONS: log },
      flags: grants === "all"
        ? ["-A"]
        : ["--no-prompt", ...permissionFlags(declared)],
    });
    const accesses = await readAudit(log);
    const excess = grants === "all"
      ? narrowedExcess(accesses, request, { declared, cwd })
      : excessOf(accesses, declared, cwd);
    const found = code === (one.code ?? 0)
      ? excess
      : [...excess, `exit ${code}: ${stderr}`];
    wrong.push(...found.map((each) => `${one.args.join(" ")}: ${each}`));
  }
  return wrong;
}

Deno.test("every command works with the permissions it declares, and touches nothing else", async () => {
  assert.deepEqual(await audited("exact"), []);
});

Deno.test("every command touches nothing else when everything is granted", async () => {
  assert.deepEqual(await audited("all"), []);
});

Deno.test("excessOf() finds what is beside, above and of another kind", () => {
  const set = { read: ["a", "/b"], net: ["127.0.0.1"], env: ["CI"] };
  const accesses = [
    ...["/x/a/1", "file:///b/c", "/x/ab", "/x", "/b2"]
      .map((value) => ({ permission: "read", value })),
    { permission: "write", value: "/b/c" },
    { permission: "net", value: "ws://127.0.0.1:80/run" },
    { permission: "net", value: "127.0.0.2:80" },
    { permission: "env", value: "HOME" },
    { permission: "env", value: null },
    { permission: "sys", value: "hostname" },
  ];
  assert.deepEqual(excessOf(accesses, set, "/x"), [
    "env HOME",
    "env null",
    "net 127.0.0.2:80",
    "read /b2",
    "read /x",
    "read /x/ab",
    "sys hostname",
    "write /b/c",
  ]);
});

Deno.test("help of every command names what it declares", async () => {
  await using setting = await settingForCases();
  const missing: string[] = [];
  for (const one of CASES) {
    const place = placeOf(one, setting);
    const request = await requestOf(one.args, place);
    const { command, input } = request;
    const documented = documentedBy(command);
    const { further = [] } = command;
    for (const { name, value } of each(await declaredBy(request))) {
      const names = [value, ...namesOf(value, request, place.env)];
      for (const { kinds, find } of further) {
        const found = each(await find(input) ?? {});
        if (found.some((one) => one.name === name && one.value === value)) {
          names.push(...kinds[name] ?? []);
        }
      }
      if (names.some((text) => documented.has(`${name} ${text}`))) continue;
      const { settings } = input.world;
      const optional = value === settings?.file && "theory.yaml";
      if (documented.has(`if granted ${name} ${optional}`)) continue;
      missing.push(`${one.args.join(" ")}: ${name} ${value}`);
    }
  }
  assert.deepEqual(missing, []);
});

Deno.test("help says of programs and names what they are, not what is needed besides", () => {
  for (const { further = [], path } of MENU as readonly Command[]) {
    const kinds = (["read", "write", "net", "run", "env"] as const)
      .map((kind) =>
        new Set(further.flatMap(({ kinds }) => kinds[kind] ?? []))
      );
    const [read, write, net, run, env] = kinds;
    const files = new Set([...read ?? [], ...write ?? [], ...net ?? []]);
    const shared = [...run ?? [], ...env ?? []].filter((text) =>
      files.has(text)
    );
    assert.deepEqual(shared, [], path.join(" "));
  }
});

/** Every permission in the help of a command, as kind and text. */
function documentedBy(command: Command): ReadonlySet<string> {
  const documented = new Set<string>();
  let kind = "";
  for (const line of permissionLines(command, 80)) {
    kind = line.slice(0, 14).trim() || kind;
    for (const item of line.slice(14).split(/, ?/)) {
      documented.add(`${kind} ${item}`);
    }
  }
  return documented;
}

/** What help calls a value that comes from the line. */
function namesOf(
  value: string,
  { command, input }: Request,
  env: Readonly<Record<string, string>>,
): readonly string[] {
  const given = [
    ...Object.entries(env).map(([name, text]) => [`$${name}`, text] as const),
    ...Object.entries(input.flags).flatMap(([name, values]) =>
      [values].flat().filter((text) => text !== undefined)
        .map((text) => [flagName(name), `${text}`] as const)
    ),
    ...input.operands.map((text) => [command.operands?.name, text] as const),
  ];
  return [
    ...given.flatMap(([name, text]) => {
      const path = text.slice(text.indexOf("=") + 1);
      if (path === value) return [`${name}`];
      if (stagedName(path) === value) return [stagedName(`${name}`)];
      return dirname(path) === value ? [`folder of ${name}`] : [];
    }),
    ...(value === ROOT ? ["the program's folder"] : []),
    ...(isNamedBySettings(value, input) ? ["what theory.yaml names"] : []),
  ];
}

function isNamedBySettings(
  value: string,
  { flags, operands, world: { settings } }: Request["input"],
): boolean {
  const attached = [`${flags["inputsFile"]}`, ...operands].flatMap((
    file,
  ) => [...settings?.rule(file)?.attachments.values() ?? []]);
  return settings?.roots.includes(value) === true ||
    attached.some(({ path }) => path === value);
}
