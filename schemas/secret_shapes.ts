import type { Span } from "./source.ts";

/** What tokens and keys of well-known services look like. */
const SHAPES: readonly { readonly name: string; readonly pattern: string }[] = [
  {
    name: "a private key",
    // With its body, which may have escaped line breaks, as far as it goes.
    pattern:
      "-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY-----(?:[A-Za-z0-9+/=\\s]|\\\\[nr])*(?:-----END [A-Z0-9 ]{0,40}-----)?",
  },
  { name: "an API key (sk-…)", pattern: "\\bsk-[A-Za-z0-9_-]{16,}" },
  { name: "a Replicate token", pattern: "\\br8_[A-Za-z0-9]{20,}" },
  { name: "a GitHub token", pattern: "\\bgh[pousr]_[A-Za-z0-9]{20,}" },
  { name: "a GitHub token", pattern: "\\bgithub_pat_[A-Za-z0-9_]{20,}" },
  { name: "an AWS key", pattern: "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b" },
  { name: "a Slack token", pattern: "\\bxox[abprs]-[A-Za-z0-9-]{10,}" },
  { name: "a Google API key", pattern: "\\bAIza[0-9A-Za-z_-]{35}" },
  { name: "a Hugging Face token", pattern: "\\bhf_[A-Za-z0-9]{20,}" },
  { name: "a Modal token", pattern: "\\ba[ks]-[A-Za-z0-9]{20,}" },
];

const ANY = new RegExp(
  SHAPES.map(({ pattern }) => `(${pattern})`).join("|"),
  "g",
);

/** The same to ask only whether there is one. */
const SOME = new RegExp(SHAPES.map(({ pattern }) => pattern).join("|"));

/** No shape is shorter than that of Slack. */
const SHORTEST = 15;

export interface SecretShape {
  /** What it looks like, for messages. */
  readonly name: string;
  readonly span: Span;
}

/** Every part of a text that looks like a secret. */
export function secretsIn(text: string): readonly SecretShape[] {
  if (text.length < SHORTEST || !SOME.test(text)) return [];
  return [...text.matchAll(ANY)].map((match) => ({
    name: SHAPES[match.slice(1).findIndex((group) => group !== undefined)]
      ?.name ?? "a secret",
    span: { start: match.index, end: match.index + match[0].length },
  }));
}

/** The text with what looks like a secret covered, its length kept. */
export function hideSecrets(text: string): string {
  return text.replaceAll(ANY, (secret) => "*".repeat(secret.length));
}
