import assert from "node:assert/strict";
import type * as template from "../../registry/template/run.d.ts";
import type * as house from "../../schemas/handler.ts";

/** Whether two types are assignable to each other, decided by the type check. */
type Same<A, B> = [A] extends [B] ? [B] extends [A] ? true : false : false;

Deno.test("registry/template/run.d.ts and schemas/handler.ts have the same types", () => {
  const run: Same<template.Run, house.Run> = true;
  const handle: Same<template.Handle, house.Handle> = true;
  const attachment: Same<template.RunAttachment, house.RunAttachment> = true;
  const json: Same<template.Json, house.Json> = true;
  assert.deepEqual([run, handle, attachment, json], [true, true, true, true]);
});

Deno.test("registry/template/run.d.ts says of every member what schemas/handler.ts says", () => {
  const [copy, original] = ["registry/template/run.d.ts", "schemas/handler.ts"]
    .map((path) =>
      Deno.readTextFileSync(new URL(`../../${path}`, import.meta.url))
    );
  for (const [member] of (original ?? "").matchAll(/^ {2}[a-z]\w*.*$/gm)) {
    if (/readonly (mode|cid)|^ {2}content/.test(member)) continue;
    assert.ok(copy?.includes(member), member);
  }
  for (const [comment] of (original ?? "").matchAll(/^ {2}\/\*\* .*$/gm)) {
    assert.ok(copy?.includes(comment), comment);
  }
});
