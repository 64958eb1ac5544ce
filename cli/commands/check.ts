import { hasErrors, kindByName } from "../../schemas/mod.ts";
import { decodeSource, judge } from "../../schemas/checker.ts";
import { parseAttachments } from "../attachments.ts";
import {
  type CommandFacts,
  contextOf,
  ofBoth,
  requireRef,
  runRegistry,
  type Whereabouts,
} from "../checked_inputs.ts";
import type { CommandInput } from "../command.ts";
import { printReport, type ReportFormat } from "../print_report.ts";
import { readFile, readStdin } from "../read_inputs.ts";
import type { Findings } from "../report/mod.ts";
import { flagShapes } from "../settings/flag_shapes.ts";
import type { World } from "../world.ts";

interface Flags {
  readonly ref: string | undefined;
  readonly attach: readonly string[];
  readonly format: string | undefined;
  readonly registry: readonly string[];
  readonly json: boolean;
}

/** Checks documents and reports on all of them together. */
export async function run(
  { flags, operands, world }: CommandInput<Flags>,
): Promise<number> {
  const registry = await runRegistry(flags, withRootsThere(world));
  requireRef(flags.ref, registry);
  const facts = {
    ref: flags.ref,
    attachments: parseAttachments(flags.attach),
    complete: false,
  };
  const findings: Findings[] = [];
  for (const path of operands) {
    const raw = path === "-"
      ? await readStdin(world)
      : await readFile(path, world);
    findings.push(await judged(facts, { raw, registry, world }));
  }
  const format = (flags.json ? "json" : flags.format ?? "text") as ReportFormat;
  return printReport(findings, format, world);
}

/** Of the registry roots that settings name those that are there: the others are findings when they are checked. */
function withRootsThere(world: World): World {
  const { settings, files } = world;
  if (settings === undefined) return world;
  const roots = settings.roots
    .filter((root) => files.probe(root).kind === "directory");
  return { ...world, settings: { ...settings, roots } };
}

/** What the one judge says, who is the editor's, too. */
async function judged(
  facts: CommandFacts,
  where: Whereabouts,
): Promise<Findings> {
  const { bytes, name, language, path } = where.raw;
  const { source, problems } = decodeSource(bytes, name, language);
  if (hasErrors(problems)) return { source, diagnostics: problems };
  const { diagnostics } = judge(source, kindByName(name) ?? "inputs", {
    ...await contextOf(facts, where),
    ...(path === undefined ? {} : { path }),
    flags: flagShapes(),
  });
  return { source, diagnostics: ofBoth(problems, diagnostics) };
}
