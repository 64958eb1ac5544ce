import type { Run } from "theoryctl/handler";

/** Where predictions are made. */
export interface Endpoint {
  /** Without a slash at its end. */
  readonly base: URL;
  readonly token: string;
  /** Host, and port if it has one: what messages call the provider. */
  readonly provider: string;
}

/** The server and token of a run. Ends the run when they cannot be used. */
export function endpointOf(run: Run): Endpoint {
  const text = run.secret("REPLICATE_API_BASE")?.trim() ?? "";
  const base = text === ""
    ? new URL("https://api.replicate.com/v1")
    : parseBase(run, text);
  base.pathname = base.pathname.replace(/\/+$/, "");
  return { base, token: tokenOf(run), provider: base.host };
}

function parseBase(run: Run, text: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return refuseBase(run, "it is not an http:// or https:// URL");
  }
  if (url.username !== "" || url.password !== "") {
    return refuseBase(run, "it holds a user name or password");
  }
  if (url.search !== "" || url.hash !== "") {
    return refuseBase(run, 'it has a part after "?" or "#"');
  }
  return url;
}

function refuseBase(run: Run, found: string): never {
  return run.fail("ERR_VALIDATION", `Cannot use REPLICATE_API_BASE: ${found}`);
}

function tokenOf(run: Run): string {
  const token = run.secret("REPLICATE_API_TOKEN")?.trim() ?? "";
  if (token !== "") return token;
  return run.fail(
    "ERR_MISSING_SECRET",
    "Cannot ask Replicate: REPLICATE_API_TOKEN is not set",
  );
}
