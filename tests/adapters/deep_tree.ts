/** Makes a tree of folders that goes deeper than a path can tell, by moving trees into one another. */
export function makeDeepTree(
  top: string,
  { name, trees }: { readonly name: string; readonly trees: number },
): void {
  makeTree(`${top}/A`, name);
  for (let i = 1; i < trees; i++) {
    const end = makeTree(`${top}/B`, name);
    Deno.renameSync(`${top}/A`, `${end}/A`);
    Deno.renameSync(`${top}/B`, `${top}/A`);
  }
}

/** A tree as deep as its paths may be; answers its end. */
function makeTree(root: string, name: string): string {
  let place = root;
  Deno.mkdirSync(place);
  while (place.length + name.length < 3800) {
    place += `/${name}`;
    Deno.mkdirSync(place);
  }
  return place;
}
