/** How a flag is typed: `inputsFile` is `--inputs-file`. */
export function flagName(key: string): string {
  return `--${
    key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  }`;
}
