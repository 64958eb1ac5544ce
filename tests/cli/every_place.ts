import { Buffer } from "node:buffer";
import { join } from "node:path";

/** Names and bytes of everything below a folder, as one text. */
export async function everythingIn(dir: string): Promise<string> {
  const texts: string[] = [];
  for await (const { name, isDirectory, isFile } of Deno.readDir(dir)) {
    const path = join(dir, name);
    texts.push(name);
    if (isDirectory) texts.push(await everythingIn(path));
    if (isFile) {
      texts.push(new TextDecoder("latin1").decode(await Deno.readFile(path)));
    }
  }
  return texts.join("\n");
}

/** Looks at the command lines of all processes, again and again until it is told to stop. */
export function watchCommandLines(): {
  readonly stop: () => Promise<ReadonlySet<string>>;
} {
  const seen = new Set<string>();
  let going = true;
  const looking = (async () => {
    while (going) {
      for await (const { name } of Deno.readDir("/proc")) {
        if (/^\d+$/.test(name)) seen.add(await commandLineOf(name));
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  return {
    async stop() {
      going = false;
      await looking;
      return seen;
    },
  };
}

/** Arguments of a process; empty when it has ended meanwhile. */
async function commandLineOf(pid: string): Promise<string> {
  try {
    const text = await Deno.readTextFile(`/proc/${pid}/cmdline`);
    return text.replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/**
 * Forms in which a value could be found: as it is, in JSON or an address, in digits, in Base64 at any offset, and of a
 * value of several lines each that tells something.
 */
export function formsOf(value: string): readonly string[] {
  const lines = value.split("\n").filter(({ length }) => length >= 8);
  return [...new Set([value, ...lines])].flatMap((text) => [
    text,
    JSON.stringify(text).slice(1, -1),
    JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
    ...inAddresses(text),
    Buffer.from(text).toString("hex"),
    ...["", "x", "xx"].map((before) => {
      const encoded = Buffer.from(before + text).toString("base64");
      // Without what depends on the bytes around it.
      return encoded.slice(before === "" ? 0 : 4, -4);
    }),
  ]);
}

function inAddresses(text: string): readonly string[] {
  const form = new URLSearchParams({ _: text }).toString().slice(2);
  const address = new URL("http://h/");
  address.search = text;
  const all = [encodeURIComponent(text), encodeURI(text), form, address.search];
  return [...all, encodeURIComponent(text).toLowerCase()];
}
