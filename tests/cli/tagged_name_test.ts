import assert from "node:assert/strict";
import { taggedName } from "../../cli/build_place.ts";

Deno.test("taggedName() reads names as engines do, and a tag alone as one of the processor's builds", () => {
  const names = {
    "team/hello:2": "team/hello:2",
    "hello:2": "hello:2",
    "localhost:5000/hello": "localhost:5000/hello",
    "build-20260101000000": "theory-local/demo-hello-1:build-20260101000000",
    "2": "theory-local/demo-hello-1:2",
  };
  for (const [tag, name] of Object.entries(names)) {
    assert.equal(taggedName("demo/hello@1", tag), name);
  }
});

Deno.test("taggedName() refuses what is no name of an image", () => {
  for (const tag of ["", "two words", "team/Hello:2", "hello:", "-x"]) {
    assert.throws(() => taggedName("demo/hello@1", tag), { code: "ERR_USAGE" });
  }
});
