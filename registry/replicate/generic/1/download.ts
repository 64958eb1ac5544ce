import { type Attempt, broken, failFor, messageOf } from "./failure.ts";
import { DATA_URL, isKnownHost, type OutputFile } from "./outputs.ts";
import { mayRepeatRead, patiently } from "./patience.ts";

const MAX_REDIRECTS = 5;

/** Writes a file of an output under its name. */
export async function save(
  attempt: Attempt,
  { url, name }: OutputFile,
): Promise<void> {
  attempt.run.emit("downloading", { name });
  if (DATA_URL.test(url)) {
    return await attempt.run.write(name, dataOf(attempt, url));
  }
  const response = await open(attempt, { url: new URL(url), name });
  await writeBody(attempt, { name, body: response.body ?? empty() });
}

/** Follows redirects itself: the token and the file stay with the hosts that are known. */
async function open(
  attempt: Attempt,
  { url, name }: { readonly url: URL; readonly name: string },
): Promise<Response> {
  let at = url;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const response = await get(attempt, at);
    if (response.status < 300) return response;
    await response.body?.cancel();
    const location = response.headers.get("location");
    const next = location === null ? null : URL.parse(location, at);
    if (next === null || !isKnownHost(attempt.endpoint, next)) {
      const where = next === null ? "nowhere" : next.host || next.protocol;
      const found = `file "${name}" is redirected to ${where}`;
      return broken(attempt, found);
    }
    at = next;
  }
  const found = `file "${name}" is redirected more than ${MAX_REDIRECTS} times`;
  return broken(attempt, found);
}

async function get(attempt: Attempt, url: URL): Promise<Response> {
  const { run: { signal }, endpoint: { base, token } } = attempt;
  const headers = url.origin === base.origin
    ? { authorization: `Bearer ${token}` }
    : undefined;
  const init = {
    ...headers && { headers },
    redirect: "manual",
    signal,
  } as const;
  const outcome = await patiently(() => fetch(url, init), {
    signal,
    mayRepeat: mayRepeatRead,
  });
  const status = outcome.response?.status ?? 0;
  if (outcome.response && status >= 200 && status < 400) {
    return outcome.response;
  }
  return await failFor(attempt, outcome);
}

async function writeBody(
  attempt: Attempt,
  { name, body }: {
    readonly name: string;
    readonly body: ReadableStream<Uint8Array>;
  },
): Promise<void> {
  const lost: unknown[] = [];
  const watched = ReadableStream.from(
    noting(body, (error) => lost.push(error)),
  );
  try {
    await attempt.run.write(name, watched);
  } catch (error) {
    attempt.run.signal.throwIfAborted();
    if (lost.length === 0) throw error;
    const found = `the download of "${name}" broke off: ${messageOf(lost[0])}`;
    broken(attempt, found);
  }
}

/** The pieces of a body; tells when it breaks, which the one who writes them may hide. */
async function* noting(
  body: ReadableStream<Uint8Array>,
  onBroken: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    onBroken(error);
    throw error;
  }
}

function empty(): ReadableStream<Uint8Array> {
  return ReadableStream.from([]);
}

function dataOf(attempt: Attempt, url: string): Uint8Array {
  const base64 = DATA_URL.exec(url)?.groups?.["base64"] !== undefined;
  const data = url.slice(url.indexOf(",") + 1);
  try {
    return base64
      ? Uint8Array.fromBase64(data)
      : new TextEncoder().encode(decodeURIComponent(data));
  } catch {
    const found = "the output holds a data: URL that cannot be decoded";
    return broken(attempt, found);
  }
}
