import assert from "node:assert/strict";
import { Failure, resolveAllowNet } from "../../schemas/mod.ts";

function resolve(
  allow: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const entry = { ref: "llm/litellm@1", network: { allow } };
  return resolveAllowNet(entry, (name) => env[name]);
}

const CASES: readonly (readonly [string, string])[] = [
  ["https://api.example.com/v1", "api.example.com:443"],
  ["http://api.example.com", "api.example.com:80"],
  ["http://127.0.0.1:8080/v1?x=1", "127.0.0.1:8080"],
  ["https://user:pass@api.example.com:8443", "api.example.com:8443"],
  ["http://[::1]:9000/", "[::1]:9000"],
  [" https://API.Example.com ", "api.example.com:443"],
  ["wss://api.example.com/stream", "api.example.com:443"],
];

for (const [value, host] of CASES) {
  Deno.test(`resolveAllowNet() takes ${host} from "${value}"`, () => {
    assert.deepEqual(resolve(["$BASE"], { BASE: value }), [host]);
  });
}

Deno.test("resolveAllowNet() keeps hosts as they are, each once", () => {
  const allow = ["api.example.com", "*.example.org", "a:443", "$A", "a:443"];
  assert.deepEqual(resolve(allow, { A: "https://a" }), [
    "api.example.com",
    "*.example.org",
    "a:443",
  ]);
});

Deno.test("resolveAllowNet() leaves out names that are not set", () => {
  assert.deepEqual(resolve(["$A", "$B", "c"], { B: "  " }), ["c"]);
});

for (
  const value of ["api.example.com", "localhost:8080", "ftp://a", "http://"]
) {
  Deno.test(`resolveAllowNet() refuses "${value}" without showing it`, () => {
    const secret = `${value}?s3cret`;
    for (const text of value === "http://" ? [value] : [value, secret]) {
      assert.throws(
        () => resolve(["$BASE"], { BASE: text }),
        (error) =>
          error instanceof Failure && error.code === "ERR_USAGE" &&
          /BASE/.test(error.message) && !/s3cret/.test(error.message),
      );
    }
  });
}
