import { basename, hasErrors, join, parseRef } from "../../schemas/mod.ts";
import { checkEntry, decodeSource } from "../../schemas/checker.ts";
import { parseAttachments } from "../attachments.ts";
import {
  checkInputs,
  ofBoth,
  requireRef,
  runRegistry,
} from "../checked_inputs.ts";
import type { CommandInput } from "../command.ts";
import { printReport, type ReportFormat } from "../print_report.ts";
import { type RawDocument, readFile, readStdin } from "../read_inputs.ts";
import type { Findings } from "../report/mod.ts";
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
  const registry = await runRegistry(flags, world);
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
    const isEntry = basename(path) === "registry.yaml";
    findings.push(
      isEntry
        ? entryFindings(raw, world)
        : await checkInputs(raw, facts, { registry, world }),
    );
  }
  const format = (flags.json ? "json" : flags.format ?? "text") as ReportFormat;
  return printReport(findings, format, world);
}

function entryFindings(raw: RawDocument, world: World): Findings {
  const { source, problems } = decodeSource(raw.bytes, raw.name, raw.language);
  if (hasErrors(problems)) return { source, diagnostics: problems };
  const expectedRef = refOfFolder(raw.dir);
  const { diagnostics } = checkEntry(source, {
    ...(expectedRef === undefined ? {} : { expectedRef }),
    fileExists: (relative) =>
      world.files.probe(join(raw.dir, relative)).kind === "file",
  });
  return { source, diagnostics: ofBoth(problems, diagnostics) };
}

/** The ref that a folder `…/ns/name/version` says, if it is one. */
function refOfFolder(dir: string): string | undefined {
  const [namespace, name, version] = dir.split("/").slice(-3);
  const ref = `${namespace}/${name}@${version}`;
  return parseRef(ref) === undefined ? undefined : ref;
}
