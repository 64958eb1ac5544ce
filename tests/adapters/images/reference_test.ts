import assert from "node:assert/strict";
import {
  familiarName,
  parseReference,
  repositoryName,
} from "../../../adapters/images/reference.ts";

const DATA = new URL("../testdata/images/", import.meta.url);

Deno.test("parseReference() reads names of images as Docker does", () => {
  const read = (name: string) =>
    Deno.readTextFileSync(new URL(name, DATA)).split("\n").slice(0, -1);
  const found = read("references.txt").map((name) => {
    const reference = parseReference(name);
    const words = reference === undefined
      ? "no name"
      : [familiarName(reference), ...Object.values(reference)].join(" | ");
    return `${name} → ${words}`;
  });
  assert.deepEqual(found, read("references.out"));
});

Deno.test("repositoryName() is the name that every engine understands alike", () => {
  const names = ["alpine:3", "demo/a", "localhost:5000/a"].map((name) => {
    const reference = parseReference(name);
    return reference && repositoryName(reference);
  });
  assert.deepEqual(names, [
    "docker.io/library/alpine",
    "docker.io/demo/a",
    "localhost:5000/a",
  ]);
});
