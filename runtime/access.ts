import type { ServerConfig } from "./schemas.ts";

/** Why a request is turned away; undefined when it may pass. */
export interface Refusal {
  readonly status: 401 | 403;
  readonly message: string;
}

const LOOPBACK = ["127.0.0.1", "localhost"];

/**
 * Whether a request names this server as its host and comes from no web page of another origin: a page
 * in a browser can reach the loopback address under a name of its own (DNS rebinding).
 */
export function refuseHost(
  headers: Headers,
  hostname: string,
): Refusal | undefined {
  if (!LOOPBACK.includes(hostname)) return undefined;
  const host = headers.get("host") ?? "";
  const origin = headers.get("origin");
  const name = host.replace(/:\d+$/, "").toLowerCase();
  if (!LOOPBACK.includes(name)) {
    return {
      status: 403,
      message: `Cannot answer host "${host}": expected ${
        LOOPBACK.join(" or ")
      }`,
    };
  }
  if (origin === null || origin === `http://${host}`) return undefined;
  return {
    status: 403,
    message: `Cannot answer origin "${origin}": it is another one`,
  };
}

/** Whether a request carries the server's token, if it has one. */
export function refuseToken(
  headers: Headers,
  token: ServerConfig["token"],
): Refusal | undefined {
  if (token === undefined) return undefined;
  const given = headers.get("authorization") ?? "";
  if (sameText(given, `Bearer ${token}`)) return undefined;
  return {
    status: 401,
    message: "Cannot accept the request: its token is missing or wrong",
  };
}

/** Compares in a time that does not tell where two texts differ. */
function sameText(given: string, expected: string): boolean {
  const encoder = new TextEncoder();
  const [left, right] = [encoder.encode(given), encoder.encode(expected)];
  let difference = left.length ^ right.length;
  for (let i = 0; i < right.length; i++) {
    difference |= (left[i] ?? 0) ^ (right[i] ?? 0);
  }
  return difference === 0;
}
