/** A file with one mistake, and what an editor makes of it. */
export interface BrokenFile {
  readonly name: string;
  /** The text, with the mistake between « and ». */
  readonly marked: string;
  readonly code: string;
  /** Title of the fix, and what it puts in place of the mistake. */
  readonly fix: string;
  readonly mended: string;
}

/** Where a mistake is: lines and columns from 0, columns as each of the editors counts them. */
export interface Place {
  readonly line: number;
  /** In bytes of UTF-8, as Neovim counts. */
  readonly bytes: readonly [from: number, to: number];
  /** In characters, as Emacs counts. */
  readonly characters: readonly [from: number, to: number];
}

/** What is before a mistake has one byte, two and four, so that bytes, UTF-16 and characters all differ. */
export const BROKEN_FILES: readonly BrokenFile[] = [
  {
    name: "inputs.yaml",
    marked:
      '$processor: llm/litellm@1\nschema: v1\nparams:\n  messages: [{content: "é😀", role: «usr»}]\n',
    code: "ERR_VALUE",
    fix: 'Write "user"',
    mended: "user",
  },
  {
    name: "question.json",
    marked:
      '{\n  "$processor": "llm/litellm@1",\n  "schema": "v1",\n  "params": { "messages": [{ "content": "é😀", "role": «"usr"» }] }\n}\n',
    code: "ERR_VALUE",
    fix: 'Write "user"',
    mended: '"user"',
  },
  {
    name: "registry.yaml",
    marked:
      'ref: demo/hello@1\ntitle: Hello\nhandler: handler.ts\ninputs: {title: "é😀", type: «objekt»}\n',
    code: "ERR_ENTRY_SCHEMA",
    fix: 'Write "object"',
    mended: "object",
  },
];

/** A folder with all of them, and the handler that the entry names. */
export async function writeBrokenFiles(dir: string): Promise<void> {
  for (const file of BROKEN_FILES) {
    await Deno.writeTextFile(`${dir}/${file.name}`, brokenText(file));
  }
  const handler = "export function handle() {}\n";
  await Deno.writeTextFile(`${dir}/handler.ts`, handler);
}

function brokenText({ marked }: BrokenFile): string {
  return marked.replace(/[«»]/g, "");
}

export function mendedText({ marked, mended }: BrokenFile): string {
  return marked.replace(/«.*»/, () => mended);
}

export function placeOf({ marked }: BrokenFile): Place {
  const [before = "", mistake = ""] = marked.split(/[«»]/);
  const lines = before.split("\n");
  const ahead = lines.at(-1) ?? "";
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  const characters = (text: string) => [...text].length;
  return {
    line: lines.length - 1,
    bytes: [bytes(ahead), bytes(ahead + mistake)],
    characters: [characters(ahead), characters(ahead + mistake)],
  };
}
