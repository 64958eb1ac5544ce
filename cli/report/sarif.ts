import {
  CATALOGUE,
  type Diagnostic,
  type Fix,
  fixesToTell,
  positions,
  type Related,
  type Span,
} from "../../schemas/mod.ts";
import { hideSecrets } from "../../schemas/checker.ts";
import { docsOf } from "./docs.ts";
import type { Findings } from "./findings.ts";

type Locate = ReturnType<typeof positions>;

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

const LEVELS = {
  error: "error",
  warning: "warning",
  info: "note",
  hint: "note",
} as const;

/** The report as SARIF 2.1.0, with a rule for each code that was found. */
export function renderSarif(
  findings: readonly Findings[],
  version: string,
): string {
  const codes = new Set(
    findings.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)),
  );
  const rules = [...codes].sort();
  const results = findings.flatMap(({ source, diagnostics }) => {
    const locate = positions(source.text);
    const uri = fileUri(source.name);
    return diagnostics.map((each) => result(each, { uri, locate, rules }));
  });
  const driver = { name: "theoryctl", version, rules: rules.map(rule) };
  const run = { tool: { driver }, columnKind: "utf16CodeUnits", results };
  const log = { $schema: SCHEMA, version: "2.1.0", runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rule(code: string): unknown {
  const known = Object.hasOwn(CATALOGUE, code) ? CATALOGUE[code] : undefined;
  if (known === undefined) return { id: code };
  return {
    id: code,
    shortDescription: { text: known.meaning },
    fullDescription: { text: `${known.cause}. ${known.fix}.` },
    help: { text: `${known.fix}. More: ${docsOf(code)}` },
    defaultConfiguration: { level: LEVELS[known.severity ?? "error"] },
  };
}

interface Page {
  readonly uri: string;
  readonly locate: Locate;
  readonly rules: readonly string[];
}

function result(diagnostic: Diagnostic, page: Page): unknown {
  const { code, severity, message, expected, pointer, span } = diagnostic;
  const text = expected === undefined
    ? message
    : `${message} (expected ${expected})`;
  return {
    ruleId: code,
    ruleIndex: page.rules.indexOf(code),
    level: LEVELS[severity],
    message: { text },
    locations: [{
      ...location(span, page),
      logicalLocations: [{ fullyQualifiedName: hideSecrets(pointer) }],
    }],
    ...optional("relatedLocations", diagnostic.related, relatedLocation(page)),
    ...optional("fixes", fixesToTell(diagnostic.fixes).fixes, fix(page)),
  };
}

function optional<T>(
  name: string,
  list: readonly T[] | undefined,
  write: (item: T, index: number) => unknown,
): Record<string, unknown> {
  return list === undefined || list.length === 0
    ? {}
    : { [name]: list.map(write) };
}

function relatedLocation(
  page: Page,
): (related: Related, index: number) => unknown {
  return ({ message, span, source }, id) => ({
    id,
    message: { text: message },
    ...(source === undefined ? location(span, page) : {
      physicalLocation: { artifactLocation: { uri: fileUri(source) } },
    }),
  });
}

function fix({ uri, locate }: Page): (fix: Fix) => unknown {
  return ({ title, edits }) => ({
    description: { text: title },
    artifactChanges: [{
      artifactLocation: { uri },
      replacements: edits.map(({ span, text }) => ({
        deletedRegion: region(span, locate),
        insertedContent: { text },
      })),
    }],
  });
}

function location(span: Span, { uri, locate }: Page): Record<string, unknown> {
  return {
    physicalLocation: {
      artifactLocation: { uri },
      region: region(span, locate),
    },
  };
}

function region({ start, end }: Span, locate: Locate): unknown {
  const [from, to] = [locate(start), locate(end)];
  return {
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
  };
}

/** A path as a relative or `file:` URI; names like `<stdin>` are escaped. */
function fileUri(name: string): string {
  const path = name.replaceAll("\\", "/").split("/").map(encodeURIComponent)
    .join("/");
  if (/^[A-Za-z]%3A\//.test(path)) {
    return `file:///${path.replace("%3A", ":")}`;
  }
  return path.startsWith("/") ? `file://${path}` : path;
}
