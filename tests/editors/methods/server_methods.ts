import * as protocol from "vscode-languageserver-protocol";
import { readPlace, repositoryFiles } from "../../style/repository_files.ts";

/** The methods that the server itself takes and sends, beside those of the features: all that its modules name. */
export function serverMethods(): readonly string[] {
  const found = repositoryFiles()
    .filter((place) => /^lsp\/(?:server\/.*|client_window)\.ts$/.test(place))
    .flatMap((place) => methodsIn(readPlace(place)));
  return [...new Set(found)].sort();
}

function methodsIn(text: string): readonly string[] {
  const named = [...text.matchAll(/\b(\w+(?:Notification|Request))\.\w+/g)]
    .map(([, name = ""]) => methodOf(name));
  const said = [
    ...text.matchAll(/"((?:\$|workspace|window|textDocument)\/[\w/]+)"/g),
  ]
    .map(([, method = ""]) => method);
  const bare = [...text.matchAll(/on(?:Request|Notification)\(\s*"(\w+)"/g)]
    .map(([, method = ""]) => method);
  return [...named, ...said, ...bare].filter((each) => each !== "");
}

/** The method of a type of the protocol; "" for what is none. */
function methodOf(name: string): string {
  const type = Object.entries(protocol).find(([each]) => each === name)?.[1];
  return type !== undefined && "method" in Object(type)
    ? String((type as { readonly method: unknown }).method)
    : "";
}
