import { UNKNOWN_CID } from "../cid.ts";
import { patternTexts } from "./pattern_texts.ts";
import type { Site } from "./search.ts";
import type { FlatSchema } from "./views.ts";

const BY_FORMAT: Readonly<Record<string, readonly string[]>> = {
  "date-time": ["2025-01-31T12:00:00Z"],
  date: ["2025-01-31"],
  time: ["12:00:00Z", "12:00:00"],
  duration: ["PT1H"],
  email: ["name@example.com"],
  "idn-email": ["name@example.com"],
  hostname: ["example.com"],
  "idn-hostname": ["example.com"],
  ipv4: ["192.0.2.1"],
  ipv6: ["2001:db8::1"],
  uri: ["https://example.com/"],
  url: ["https://example.com/"],
  iri: ["https://example.com/"],
  "uri-reference": ["https://example.com/", "/example"],
  "iri-reference": ["https://example.com/", "/example"],
  "uri-template": ["https://example.com/{name}"],
  uuid: ["123e4567-e89b-12d3-a456-426614174000"],
  regex: ["^example$"],
  "json-pointer": ["/example"],
  "json-pointer-uri-fragment": ["#/example"],
  "relative-json-pointer": ["0/example"],
};

/** What the keys of an artifact object hold. */
const BY_KEY: Readonly<Record<string, string>> = {
  $artifact: "/artifacts/inputs/example.txt",
  cid: UNKNOWN_CID,
  mime: "text/plain",
};

/** Texts worth trying, in every allowed length. */
export function* texts(view: FlatSchema, site: Site): Generator<string> {
  const key = site.pointer.slice(site.pointer.lastIndexOf("/") + 1);
  if (Object.hasOwn(BY_KEY, key)) yield BY_KEY[key] ?? "";
  const { format = "", pattern } = view;
  if (Object.hasOwn(BY_FORMAT, format)) yield* BY_FORMAT[format] ?? [];
  const min = view.minLength ?? 0;
  if (typeof pattern === "string") {
    for (const text of patternTexts(pattern, min)) yield* inLength(text, view);
  }
  yield* inLength("example", view);
  for (let n = 2; n < 32; n++) yield* inLength(`example ${n}`, view);
  for (const letter of "abcdefghij0123456789") yield letter;
  yield "";
}

/** The text itself, and cut or filled up where it is too long or too short. */
function inLength(text: string, view: FlatSchema): readonly string[] {
  const { minLength: min = 0, maxLength: max = Infinity } = view;
  if (text.length > max) return [text.slice(0, max), text.slice(-max)];
  if (text.length >= min) return [text];
  const times = Math.ceil(min / Math.max(1, text.length));
  return min > 100_000 ? [] : [(text || "x").repeat(times).slice(0, min)];
}
