// place: adapters/example.ts
import { Failure } from "../schemas/mod.ts";

export function fail(name: string, cause: unknown): never {
  if (name === "a") throw new Error(`${name} is missing`, { cause });
  if (name === "b") throw new TypeError('"b" is not a name of the user\'s own…');
  if (name === "c") throw new Failure("ERR_USAGE", textOf(name), { cause });
  if (name === "d") throw new Failure(codeOf(name), "Cannot read \"d\": missing");
  throw new RangeError(name);
}

export const note = { message: "said as it is, without a code." };
export const finding = { code: "ERR_VALUE", message: textOf("a") };
