/** A language that documents of the bench are written in. */
export type Language = "json" | "yaml" | "toml";

/** A document to measure with: inputs of a model with one mistake, the role of the last message. */
export interface BenchDocument {
  readonly text: string;
  /** Zero-based place in the first message where a character may be typed. */
  readonly typing: { readonly line: number; readonly character: number };
}

/** How a document is written. */
interface Form {
  readonly head: string;
  readonly ours: string;
  readonly open: string;
  readonly message: (role: string) => string;
  readonly between: string;
  readonly close: string;
}

const TEXT = "What do you see here?";

const FORMS: Readonly<Record<Language, Form>> = {
  json: {
    head: '{"schema": "v1",\n',
    ours: '"$processor": "llm/litellm@1",\n',
    open: '"params": {"messages": [\n',
    message: (role) => `{"role": "${role}", "content": "${TEXT}"}`,
    between: ",\n",
    close: "\n]}}\n",
  },
  yaml: {
    head: "schema: v1\n",
    ours: "$processor: llm/litellm@1\n",
    open: "params:\n  messages:\n",
    message: (role) => `    - role: ${role}\n      content: ${TEXT}`,
    between: "\n",
    close: "\n",
  },
  toml: {
    head: 'schema = "v1"\n',
    ours: "",
    open: "",
    message: (role) =>
      `[[params.messages]]\nrole = "${role}"\ncontent = "${TEXT}"`,
    between: "\n",
    close: "\n",
  },
};

/** A document of about `size` bytes; `ours` says which processor it is for, others are told by their settings. */
export function documentOf(
  language: Language,
  { size, ours, head = "" }: {
    readonly size: number;
    readonly ours: boolean;
    /** What comes first. */
    readonly head?: string;
  },
): BenchDocument {
  const form = FORMS[language];
  const before = head + form.head + (ours ? form.ours : "") + form.open;
  const right = form.message("user");
  const each = right.length + form.between.length;
  const rest = size - before.length - form.close.length - right.length;
  const count = Math.max(0, Math.round(rest / each));
  const messages = [...Array(count).fill(right), form.message("usr")];
  const text = before + messages.join(form.between) + form.close;
  const lines = text.slice(0, text.indexOf(TEXT)).split("\n");
  return {
    text,
    typing: {
      line: lines.length - 1,
      character: lines.at(-1)?.length ?? 0,
    },
  };
}
