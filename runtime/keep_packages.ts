/**
 * Main module of a step of an image's build: leaves in `deno.json`, in the working folder, of the packages that the
 * toolkit imports only those that the server takes, and those that the arguments name. What is not named there is not
 * downloaded; versions and hashes stay those of `deno.lock`. Needs to read and write that file.
 */
const OF_SERVER = [
  "@cfworker/json-schema",
  "blake3/",
  "canonicalize",
  "js-yaml",
  "jsonc-parser/scanner",
  "theoryctl/handler",
  "zod",
];

if (import.meta.main) keep(Deno.args);

function keep(ofProcessor: readonly string[]): void {
  const config = JSON.parse(Deno.readTextFileSync("deno.json"));
  const imports = Object.fromEntries(
    [...OF_SERVER, ...ofProcessor].map((name) => [
      name,
      config.imports[name] ?? unknown(name),
    ]),
  );
  Deno.writeTextFileSync("deno.json", JSON.stringify({ ...config, imports }));
}

function unknown(name: string): never {
  throw new TypeError(`Cannot keep "${name}": deno.json does not import it`);
}
