import assert from "node:assert/strict";
import { rootsFrom } from "../../registry/mod.ts";

Deno.test("rootsFrom() puts flags before the environment, the file and the shipped root", () => {
  const roots = rootsFrom({
    flags: ["/b", "/a"],
    environment: "/c::/a:/d",
    config: ["/e", "/shipped"],
    cwd: "/cwd",
    shippedDir: "/shipped",
  });
  assert.deepEqual(roots, [
    ...["/b", "/a", "/c", "/d", "/e"].map((dir) => ({ dir, shipped: false })),
    { dir: "/shipped", shipped: true },
  ]);
});

Deno.test("rootsFrom() always has the shipped root", () => {
  const roots = rootsFrom({
    environment: undefined,
    cwd: "/cwd",
    shippedDir: "/shipped",
  });
  assert.deepEqual(roots, [{ dir: "/shipped", shipped: true }]);
});

Deno.test("rootsFrom() takes relative roots of flags and of the environment from the working folder", () => {
  const roots = rootsFrom({
    flags: ["a", "../shipped/"],
    environment: "./a:b/c",
    cwd: "/cwd",
    shippedDir: "/shipped",
  });
  assert.deepEqual(
    roots.map(({ dir }) => dir),
    ["/cwd/a", "/cwd/b/c", "/shipped"],
  );
});
