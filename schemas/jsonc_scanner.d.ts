/** The part of `jsonc-parser/lib/esm/impl/scanner.js` that is used; the package declares types for its whole entry only. */
export interface Scanner {
  setPosition(position: number): void;
  getPosition(): number;
  /** Reads the next token, trivia included, and answers its kind. */
  scan(): number;
  getTokenValue(): string;
  getTokenOffset(): number;
  getTokenLength(): number;
  getTokenError(): number;
}
export function createScanner(text: string, ignoreTrivia?: boolean): Scanner;
