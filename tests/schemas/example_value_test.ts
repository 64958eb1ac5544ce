import assert from "node:assert/strict";
import { exampleValue } from "../../schemas/checker.ts";

Deno.test("exampleValue() answers a value that fits, the same each time", () => {
  const schema = {
    type: "object",
    required: ["name", "count"],
    properties: {
      name: { type: "string", minLength: 3 },
      count: { type: "integer", minimum: 7 },
      kind: { const: "x" },
    },
  };
  const value = exampleValue(schema);
  assert.deepEqual(value, exampleValue(schema));
  assert.ok(typeof value === "object" && value !== null && "name" in value);
  assert.ok(String(value.name).length >= 3);
});

Deno.test("exampleValue() answers nothing for a schema that nothing fits", () => {
  assert.equal(
    exampleValue({ type: "integer", minimum: 2, maximum: 1 }),
    undefined,
  );
  assert.equal(exampleValue({ $ref: "#/definitions/none" }), undefined);
});
