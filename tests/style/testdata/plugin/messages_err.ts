// place: adapters/example.ts
import { Failure } from "../schemas/mod.ts";

export function fail(name: string): never {
  if (name === "") throw new Error("cannot read it");
  if (name === "a") throw new TypeError(`Cannot read "${name}".`);
  if (name === "b") throw new Failure("ERR_USAGE", "Cannot read: it doesn't exist");
  if (name === "c") throw new Failure(codeOf(name), "not there");
  throw new RangeError(
    name === "d" ? "Cannot read: it's a folder" : "Cannot read " + name + ".",
  );
}

export const finding = { code: "ERR_VALUE", message: `they’re wrong.` };
export const other = problem({ start: 0, end: 1 }, "ERR_VALUE", "bad value");
