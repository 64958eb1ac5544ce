/** Where a file is written that is to take the place of another one: beside it, under a name that nobody uses. */
export function stagedName(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return `${path.slice(0, path.length - name.length)}.${name}.fixed`;
}
