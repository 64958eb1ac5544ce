// deno-lint-ignore no-control-regex -- these are the characters that steer a terminal
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Without escape sequences: what a processor or a file name says must not steer the terminal. */
export function printable(text: string): string {
  return text.replaceAll(STEERING, "\ufffd");
}
