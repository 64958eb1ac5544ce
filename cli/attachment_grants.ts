import { dirname, nameInside, resolve } from "../schemas/file_path.ts";
import type { CommandInput } from "./command.ts";
import { later } from "./command_module.ts";
import { grantedText } from "./granted_text.ts";
import type { Permissions, World } from "./world.ts";

const attached = later<typeof import("./attached_files.ts")>(
  "./attached_files.ts",
);

interface Flags {
  readonly inputsJson?: string | undefined;
  readonly inputsFile?: string | undefined;
}

/** Whether a document may attach files, however it writes that: most do not, and need not be parsed for it. */
export function mayAttach(text: string): boolean {
  return /attach|\\[ux]/.test(text);
}

/** How it may name one outside of its own folder. */
const MAY_LEAVE = /\.\.\/|["'\s=]\/|\\[ux/]/;

/** What a run takes for the files that its document attaches itself. */
export const RUN_FILES = {
  seldom: true,
  kinds: { read: ["files of $attachments"] },
  needs: ({ flags: { inputsFile }, world }: CommandInput<Flags>) =>
    toRead(inputsFile === undefined ? [] : [inputsFile], world),
  find: async ({ flags, world }: CommandInput<Flags>) => {
    const { inputsJson, inputsFile } = flags;
    if (inputsFile !== undefined) return await outside([inputsFile], world);
    if (inputsJson === undefined || !mayAttach(inputsJson)) return {};
    const { attachedFiles } = await attached();
    const document = { name: "inputs.json", text: inputsJson };
    return { read: await attachedFiles(document) };
  },
} as const;

/** The same of documents that are checked. */
export const CHECK_FILES = {
  ...RUN_FILES,
  needs: ({ operands, world }: CommandInput<unknown>) =>
    toRead(files(operands), world),
  find: ({ operands, world }: CommandInput<unknown>) =>
    outside(files(operands), world),
} as const;

function files(operands: readonly string[]): readonly string[] {
  return operands.filter((file) => file !== "-");
}

/** Finding it out takes the documents, in the folders that are declared for them. */
function toRead(documents: readonly string[], { toolkit }: World): Permissions {
  return { read: [toolkit.dir, ...documents.map(dirname)] };
}

/** What documents attach besides files of their own folders, which may be read anyway. */
async function outside(
  documents: readonly string[],
  world: World,
): Promise<Permissions> {
  const read: string[] = [];
  for (const name of documents) {
    const text = await grantedText(name, world) ?? "";
    if (!mayAttach(text) || !MAY_LEAVE.test(text)) continue;
    const { attachedFiles } = await attached();
    const dir = resolve(world.cwd, dirname(name));
    const named = await attachedFiles({ name, text });
    read.push(
      ...named.filter((path) =>
        nameInside(resolve(world.cwd, path), dir) === undefined
      ),
    );
  }
  return { read };
}
