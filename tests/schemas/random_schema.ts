import type { Json, JsonObject } from "../../schemas/mod.ts";

/** A schema of an object, made from a random value so that at least that one fits. The same seed, the same schema. */
export function randomSchema(seed: number): JsonObject {
  const random = generator(seed);
  return {
    ...describe(randomObject(random, 3), random),
    type: "object",
  };
}

type Random = (below: number) => number;

/** Mulberry32. */
function generator(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

function randomValue(random: Random, depth: number): Json {
  const kind = random(depth > 0 ? 7 : 5);
  if (kind === 0) return random(2) === 0;
  if (kind === 1) return random(200) - 100;
  if (kind === 2) return (random(2000) - 1000) / 8;
  if (kind === 3) return null;
  if (kind === 4) return "abcdefghij klmnop".slice(0, random(17));
  if (kind === 5) return randomObject(random, depth - 1);
  return Array.from(
    { length: random(4) },
    () => randomValue(random, depth - 1),
  );
}

function randomObject(random: Random, depth: number): JsonObject {
  const keys = ["a", "b", "c", "d"].slice(0, random(5));
  return Object.fromEntries(
    keys.map((key) => [key, randomValue(random, depth)]),
  );
}

/** A schema that the value fits, sometimes behind a combinator. */
function describe(value: Json, random: Random): JsonObject {
  const plain = describePlainly(value, random);
  switch (random(8)) {
    case 0:
      return { allOf: [plain, describePlainly(value, random)] };
    case 1:
      return { anyOf: [false, plain] };
    case 2:
      return { oneOf: [{ allOf: [plain, false] }, plain] };
    case 3:
      return { if: plain, then: plain, else: false };
    default:
      return plain;
  }
}

function describePlainly(value: Json, random: Random): JsonObject {
  if (value === null) return { type: random(2) ? "null" : ["null"] };
  if (typeof value === "boolean") return { enum: [value] };
  if (typeof value === "string") return describeText(value, random);
  if (typeof value === "number") return describeNumber(value, random);
  if (Array.isArray(value)) return describeList(value, random);
  return describeObject(value as JsonObject, random);
}

function describeText(value: string, random: Random): JsonObject {
  return {
    type: "string",
    ...(random(2) ? { minLength: value.length } : {}),
    ...(random(2) ? { maxLength: value.length } : {}),
    ...(random(4) ? {} : { pattern: `^[${value || "x"}]*$` }),
  };
}

function describeNumber(value: number, random: Random): JsonObject {
  return {
    type: Number.isInteger(value) && random(2) ? "integer" : "number",
    ...(random(2) ? { minimum: value - random(3) } : {}),
    ...(random(2) ? { maximum: value + random(3) } : {}),
    ...(random(4) || value % 4 !== 0 ? {} : { multipleOf: 4 }),
  };
}

function describeList(value: readonly Json[], random: Random): JsonObject {
  return {
    type: "array",
    items: value.map((item) => describe(item, random)),
    ...(random(2) ? { minItems: value.length } : {}),
    ...(random(2) ? { additionalItems: false } : {}),
    ...(random(3) || value.length === 0
      ? {}
      : { contains: describePlainly(value[0] ?? null, random) }),
  };
}

function describeObject(value: JsonObject, random: Random): JsonObject {
  const keys = Object.keys(value);
  return {
    type: "object",
    required: keys.filter(() => random(2) === 0),
    properties: Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, describe(each, random)]),
    ),
    ...(random(2) ? { additionalProperties: false } : {}),
    ...(random(3) ? {} : { minProperties: keys.length }),
    ...(random(3) || keys.length < 2
      ? {}
      : { dependencies: { [keys[0] ?? ""]: [keys[1] ?? ""] } }),
  };
}
