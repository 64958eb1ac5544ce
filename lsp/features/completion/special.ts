import type { Path } from "../../../schemas/mod.ts";
import { attachNameProposals } from "./attach_names.ts";
import { fileProposals } from "./files.ts";
import type { Ask, Proposal } from "./proposal.ts";
import { refProposals } from "./refs.ts";

/** What a value at a place of a document names, where that is more than its schema says. */
interface Special {
  readonly kind: Ask["view"]["kind"];
  /** The path, `*` for any step, `**` for any steps before the last ones. */
  readonly path: readonly string[];
  readonly proposals: (ask: Ask) => readonly Proposal[];
}

const SPECIAL: readonly Special[] = [
  { kind: "inputs", path: ["$processor"], proposals: refProposals },
  { kind: "inputs", path: ["$attachments", "*"], proposals: fileProposals },
  { kind: "inputs", path: ["**", "$attach"], proposals: attachNameProposals },
  { kind: "config", path: ["inputs", "*", "ref"], proposals: refProposals },
  {
    kind: "config",
    path: ["inputs", "*", "attach", "*"],
    proposals: fileProposals,
  },
  { kind: "config", path: ["inputs", "*", "files"], proposals: fileProposals },
  {
    kind: "config",
    path: ["inputs", "*", "files", "*"],
    proposals: fileProposals,
  },
  { kind: "config", path: ["registry", "*"], proposals: folders },
  { kind: "entry", path: ["handler"], proposals: fileProposals },
  { kind: "entry", path: ["handler", "*"], proposals: fileProposals },
  { kind: "entry", path: ["build", "dockerfile"], proposals: fileProposals },
  { kind: "entry", path: ["build", "context"], proposals: folders },
  { kind: "entry", path: ["image", "dockerfile"], proposals: fileProposals },
];

function folders(ask: Ask): readonly Proposal[] {
  return fileProposals(ask, "folders");
}

/** Undefined where there is nothing but what the schema says. */
export function specialProposals(ask: Ask): readonly Proposal[] | undefined {
  const { view, cursor } = ask;
  const found = SPECIAL.find(({ kind, path }) =>
    kind === view.kind && matches(cursor.path, path)
  );
  return found?.proposals(ask);
}

function matches(path: Path, pattern: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === "**") return matches(path.slice(-rest.length), rest);
  return path.length === pattern.length &&
    pattern.every((step, i) => step === "*" || step === path[i]);
}
