import type { Language } from "../backstage.ts";

/** What a link to the page holds. Files are not in it. */
export interface SharedState {
  readonly language: Language;
  readonly text: string;
  /** The page's own `registry.yaml`. */
  readonly registry: string;
}

/** Begins every fragment, so that later forms can be told from this one. */
const FORM = "1.";

/** Longest text of a link that is read: more than anybody wrote, less than would stop the page. */
const MOST = 4 * 1024 * 1024;

/** The fragment of an address that holds a state, packed. */
export async function fragmentOf(state: SharedState): Promise<string> {
  const packed = new Blob([JSON.stringify(state)]).stream()
    .pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const written = btoa(text).replaceAll("+", "-").replaceAll("/", "_");
  return `#${FORM}${written.replaceAll("=", "")}`;
}

/** The state that a fragment holds; undefined when it holds none. */
export async function stateIn(
  fragment: string,
): Promise<SharedState | undefined> {
  const written = fragment.replace(/^#/, "");
  if (!written.startsWith(FORM)) return undefined;
  try {
    return checked(JSON.parse(await unpacked(written.slice(FORM.length))));
  } catch {
    return undefined;
  }
}

async function unpacked(written: string): Promise<string> {
  const text = atob(written.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
  const plain = new Blob([bytes]).stream()
    .pipeThrough(new DecompressionStream("deflate-raw"))
    .pipeThrough(new TextDecoderStream());
  let all = "";
  for (const reader = plain.getReader();;) {
    const { done, value } = await reader.read();
    if (done) return all;
    all += value;
    if (all.length > MOST) throw new RangeError("Cannot read a link: too long");
  }
}

function checked(value: Partial<SharedState>): SharedState | undefined {
  const { language, text, registry = "" } = value;
  const isRight = (language === "json" || language === "yaml") &&
    typeof text === "string" && typeof registry === "string";
  return isRight ? { language, text, registry } : undefined;
}
