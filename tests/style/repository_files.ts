/** Folder of the repository, as a URL that ends in `/`. */
export const ROOT: URL = new URL("../../", import.meta.url);

/** What is never part of the repository; `.gitignore` says the same. */
const LEFT_OUT =
  /^(?:docs\/playground\/)?dist$|(?:^|\/)(?:\.git|\.theory|node_modules|[^/]*\.log)$/;

/** Paths below the root of every file of the repository, in order; read from the folder, so that no git is needed. */
export function repositoryFiles(): readonly string[] {
  return filesBelow("").sort();
}

/** Text of a file of the repository. */
export function readPlace(place: string): string {
  return Deno.readTextFileSync(new URL(encodeURI(place), ROOT));
}

function filesBelow(folder: string): string[] {
  return [...Deno.readDirSync(new URL(encodeURI(folder), ROOT))]
    .filter(({ name }) => !LEFT_OUT.test(`${folder}${name}`))
    .flatMap(({ name, isDirectory, isFile }) => {
      if (isDirectory) return filesBelow(`${folder}${name}/`);
      return isFile ? [`${folder}${name}`] : [];
    });
}
