import type { FileFacts } from "../backstage.ts";
import { button, byId, element } from "./element.ts";
import { say } from "./say.ts";
import type { Asking } from "./server.ts";

/** The files beside the documents, which they may attach. */
export interface Files {
  readonly add: (name: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  readonly names: () => readonly string[];
}

/** Larger files would fill the memory of the page. */
const MOST = 64 * 1024 * 1024;

export interface FilesParts {
  readonly backstage: Asking;
  /** Told of each change. */
  readonly changed: () => void;
  /** Takes what is no file to attach but a document to edit. */
  readonly edited: (name: string, bytes: Uint8Array) => boolean;
}

/** Takes files that are chosen or dropped, and lists them as the server sees them. */
export function filesPanel(
  { backstage, changed, edited }: FilesParts,
): Files {
  const shown = new Map<string, HTMLLIElement>();
  const list = byId("files", HTMLUListElement);
  const show = () => {
    list.replaceChildren(...shown.values());
    byId("no-files", HTMLElement).hidden = shown.size > 0;
    changed();
  };
  const remove = async (name: string) => {
    await backstage.remove(name);
    shown.delete(name);
    show();
  };
  const add: Files["add"] = async (name, bytes) => {
    const facts = await backstage.put({ name, bytes });
    shown.set(name, await item(name, { bytes, facts, remove }));
    show();
  };
  takeFiles(async (name, bytes) => {
    if (!edited(name, bytes)) await add(name, bytes);
  });
  return { add, names: () => [...shown.keys()] };
}

function takeFiles(add: Files["add"]): void {
  const chosen = byId("choose-files", HTMLInputElement);
  const target = byId("drop", HTMLElement);
  const take = async (files: FileList | null | undefined) => {
    // The list of what is dropped is empty as soon as it has been told.
    for (const file of [...files ?? []]) {
      if (file.size > MOST) say(`${file.name} is larger than 64 MiB`);
      else await add(file.name, new Uint8Array(await file.arrayBuffer()));
    }
  };
  chosen.addEventListener("change", async () => {
    await take(chosen.files);
    chosen.value = "";
  });
  takeDropped(target, take);
}

/** Takes files wherever they are dropped: browsers leave the page for them otherwise, and the editor writes them down. */
function takeDropped(
  target: HTMLElement,
  take: (files: FileList) => Promise<void>,
): void {
  const over = (event: DragEvent) => {
    const isFile = event.dataTransfer?.types.includes("Files") === true;
    if (isFile) event.preventDefault();
    target.classList.toggle("over", isFile);
  };
  const leave = () => target.classList.remove("over");
  const drop = (event: DragEvent) => {
    leave();
    const files = event.dataTransfer?.files;
    if (files === undefined || files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    void take(files);
  };
  addEventListener("dragover", over, { capture: true });
  addEventListener("dragleave", leave, { capture: true });
  addEventListener("drop", drop, { capture: true });
}

async function item(
  name: string,
  { bytes, facts, remove }: {
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly facts: FileFacts;
    readonly remove: (name: string) => Promise<void>;
  },
): Promise<HTMLLIElement> {
  const { cid, mime, size } = facts;
  const picture = await pictureOf(name, new Blob([bytes], { type: mime }));
  const dimensions = picture === undefined
    ? []
    : [`${picture.naturalWidth} × ${picture.naturalHeight}`];
  return element(
    "li",
    { className: "file" },
    ...picture === undefined ? [] : [picture],
    element(
      "div",
      {},
      element("strong", {}, name),
      element("p", {}, [mime, size, ...dimensions].join(" · ")),
      element("code", { className: "cid" }, cid),
    ),
    button("Remove", () => void remove(name), { ariaLabel: `Remove ${name}` }),
  );
}

/** The file as a picture; undefined when it is none. */
async function pictureOf(
  name: string,
  blob: Blob,
): Promise<HTMLImageElement | undefined> {
  if (!blob.type.startsWith("image/")) return undefined;
  const picture = element("img", { alt: `The picture ${name}` });
  picture.src = URL.createObjectURL(blob);
  try {
    await picture.decode();
    return picture;
  } catch {
    return undefined;
  } finally {
    URL.revokeObjectURL(picture.src);
  }
}
