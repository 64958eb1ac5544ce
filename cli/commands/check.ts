import { Failure, hasErrors, kindByName } from "../../schemas/mod.ts";
import { decodeSource, judge } from "../../schemas/checker.ts";
import { filesNamedIn, read } from "../../schemas/reading.ts";
import { mayAttach } from "../attachment_grants.ts";
import { parseAttachments } from "../attachments.ts";
import {
  type CommandFacts,
  contextOf,
  ensureAttached,
  ofBoth,
  requireRef,
  runRegistry,
  type Whereabouts,
} from "../checked_inputs.ts";
import type { CommandInput } from "../command.ts";
import { forgivingRegistry } from "../forgiving_registry.ts";
import { fixDocument, type JudgeText } from "../fix_document.ts";
import { printable } from "../printable.ts";
import { printReport, type ReportFormat } from "../print_report.ts";
import { type Progress, startProgress } from "../progress/progress.ts";
import { readFile, readStdin } from "../read_inputs.ts";
import type { Findings } from "../report/mod.ts";
import { flagShapes } from "../settings/flag_shapes.ts";
import type { World } from "../world.ts";

interface Flags {
  readonly ref: string | undefined;
  readonly attach: readonly string[];
  readonly fix: boolean;
  readonly format: string | undefined;
  readonly registry: readonly string[];
  readonly json: boolean;
}

/** Checks documents and reports on all of them together. */
export async function run(
  { flags, operands, world: bare }: CommandInput<Flags>,
): Promise<number> {
  const progress = startProgress(bare, { quiet: false });
  const { world } = progress;
  const input = { flags, operands, world, progress };
  return await checkAll(input).finally(progress.end);
}

async function checkAll(
  { flags, operands, world, progress }:
    & CommandInput<Flags>
    & { readonly progress: Progress },
): Promise<number> {
  const registry = await runRegistry(flags, withRootsThere(world));
  requireRef(flags.ref, registry);
  const facts = {
    ref: flags.ref,
    attachments: parseAttachments(flags.attach),
    complete: false,
  };
  if (flags.fix) requireOneResult(operands);
  const findings: Findings[] = [];
  for (const path of operands) {
    const raw = path === "-"
      ? await readStdin(world)
      : await readFile(path, world);
    progress.begin("check", raw.name);
    const where = { raw, registry, world };
    findings.push(await judged(facts, where, flags.fix));
  }
  const format = (flags.json ? "json" : flags.format ?? "text") as ReportFormat;
  const isText = flags.fix && operands.includes("-");
  return printReport(findings, format, isText ? reportBeside(world) : world);
}

/** A fixed text on standard output leaves no room for a report on other documents. */
function requireOneResult(operands: readonly string[]): void {
  if (!operands.includes("-") || operands.length === 1) return;
  throw new Failure(
    "ERR_USAGE",
    'Cannot fix "-" beside other files: its text goes to standard output',
    { hint: "Fix standard input with a line of its own: check - --fix" },
  );
}

/** Of the registry roots that settings name those that are there: the others are findings when they are checked. */
function withRootsThere(world: World): World {
  const { settings, files } = world;
  if (settings === undefined) return world;
  const roots = settings.roots
    .filter((root) => files.probe(root).kind === "directory");
  return { ...world, settings: { ...settings, roots } };
}

/** What the one judge says, who is the editor's, too; with `--fix` after it has been heeded. */
async function judged(
  facts: CommandFacts,
  where: Whereabouts,
  fix: boolean,
): Promise<Findings> {
  const { bytes, name, language, path } = where.raw;
  const { source, problems } = decodeSource(bytes, name, language);
  if (hasErrors(problems)) return { source, diagnostics: problems };
  const known = {
    ...await contextOf(facts, where),
    registry: forgivingRegistry(where.registry),
    ...(path === undefined ? {} : { path }),
    flags: flagShapes(),
  };
  const kind = kindByName(name) ?? "inputs";
  if (kind === "inputs" && mayAttach(source.text)) {
    await ensureAttached(filesNamedIn(await read(source)), where);
  }
  const judgeText: JudgeText = (text) =>
    judge({ ...source, text }, kind, known).diagnostics;
  if (!fix) {
    const diagnostics = ofBoth(problems, judgeText(source.text));
    return { source, diagnostics };
  }
  const fixed = fixDocument(source, judgeText);
  await keep(fixed.source.text, where);
  return fixed;
}

/** Writes a fixed text where the document came from; one of standard input goes to standard output. */
async function keep(text: string, { raw, world }: Whereabouts): Promise<void> {
  const { path, name, bytes } = raw;
  if (path === undefined) return world.stdout.write(text);
  const before = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  if (text === before) return;
  try {
    await world.files.replace(path, text);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    throw new Failure(
      "ERR_DOCUMENT_UNWRITABLE",
      `Cannot write "${name}": it may not be written`,
      { cause: error },
    );
  }
  world.stderr.write(`Fixed ${printable(name)}\n`);
}

/** The text is the result, so that the report goes elsewhere. */
function reportBeside(world: World): World {
  return { ...world, stdout: world.stderr };
}
