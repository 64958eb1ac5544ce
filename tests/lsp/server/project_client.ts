import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import type { DocumentDiagnosticReport } from "vscode-languageserver";
import {
  startedClient,
  type WireClient,
  type WireOptions,
} from "./wire_client.ts";

/** A folder with files, and an editor that has it open. */
export interface Project {
  readonly client: WireClient;
  /** Absolute. */
  readonly dir: string;
  readonly uri: (name: string) => string;
  readonly write: (name: string, content: string | Uint8Array) => void;
  /** Opens a file as it is on the disk; answers its URI. */
  readonly open: (name: string) => string;
}

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder of these files and a real server in it, as long as `use` takes. */
export async function inProject(
  files: Files,
  use: (project: Project) => Promise<void>,
  options: Omit<WireOptions, "cwd"> = {},
): Promise<void> {
  const dir = await Deno.realPath(await Deno.makeTempDir());
  try {
    const write = (name: string, content: string | Uint8Array) =>
      written(join(dir, name), content);
    for (const [name, content] of Object.entries(files)) write(name, content);
    await using client = await startedClient({ ...options, cwd: dir });
    const uri = (name: string) => `file://${join(dir, name)}`;
    const open = (name: string) => {
      client.open(uri(name), Deno.readTextFileSync(join(dir, name)));
      return uri(name);
    };
    await use({ client, dir, uri, write, open });
    assert.equal(await client.stop(), 0);
    assert.equal(await client.stderr, "");
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

function written(path: string, content: string | Uint8Array): void {
  Deno.mkdirSync(dirname(path), { recursive: true });
  if (typeof content === "string") Deno.writeTextFileSync(path, content);
  else Deno.writeFileSync(path, content);
}

/** Asks for the findings about a document, as a client that pulls them does. */
export function pulled(
  { client }: Pick<Project, "client">,
  uri: string,
  previousResultId?: string,
): Promise<DocumentDiagnosticReport> {
  return client.request("textDocument/diagnostic", {
    textDocument: { uri },
    identifier: "theoryctl",
    ...(previousResultId === undefined ? {} : { previousResultId }),
  });
}

/** Waits until the findings about a document have exactly these codes. */
export async function codesBecome(
  client: WireClient,
  uri: string,
  codes: readonly string[],
): Promise<void> {
  const wanted = [...codes].sort().join();
  const now = () =>
    client.published.findLast((each) => each.uri === uri)?.diagnostics
      .map(({ code }) => String(code)).sort().join();
  while (now() !== wanted) {
    await client.another().catch((cause) => {
      throw new Error(`"${now()}" does not become "${wanted}"`, { cause });
    });
  }
}

/** An entry whose only parameter is one of some words. */
export function entryText(ref: string, words: readonly string[]): string {
  return `ref: ${ref}
handler: handler.ts
inputs:
  $schema: http://json-schema.org/draft-07/schema#
  type: object
  required: [schema, params]
  properties:
    schema: {const: v1}
    params:
      type: object
      required: [word]
      additionalProperties: false
      properties:
        word: {enum: [${words.join(", ")}]}
        file: {type: object}
outputs: []
`;
}
