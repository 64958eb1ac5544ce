import assert from "node:assert/strict";
import fc from "fast-check";
import { authSources } from "../../adapters/images/auth_file.ts";
import {
  familiarName,
  fullName,
  parseReference,
} from "../../adapters/images/reference.ts";
import type { Json } from "../../schemas/mod.ts";
import { SETTINGS } from "./settings.ts";

/** Texts of the parts of which names are made, and of what breaks them. */
const text = fc.array(
  fc.constantFrom(
    ...[
      "a",
      "b1",
      "library/",
      "docker.io",
      "ghcr.io",
      "localhost",
      ":5000",
      "/",
      ":",
      "@",
    ],
    ...["sha256:", "0".repeat(64), "f".repeat(64), ".", "_", "-", "A", "[::1]"],
  ),
  { maxLength: 8 },
).map((parts) => parts.join(""));

Deno.test("parseReference() reads a name in full as the same image", () => {
  fc.assert(
    fc.property(text, (name) => {
      const reference = parseReference(name);
      if (reference === undefined) return;
      const { registry, repository, digest, tag = "latest" } = reference;
      const again = digest === undefined ? { tag } : { digest };
      assert.deepEqual(parseReference(fullName(reference)), {
        registry,
        repository,
        ...again,
      });
      assert.deepEqual(parseReference(familiarName(reference)), {
        registry,
        repository,
      });
    }),
    SETTINGS,
  );
});

const word = fc.oneof(
  fc.constantFrom<Json>("", "tests", "../x", "bWU6cGFzcw==", "%", null, 1),
  fc.dictionary(
    fc.constantFrom("auth", "username", "password", "identitytoken"),
    fc.constantFrom<Json>("", "a", "bWU6cGFzcw==", "%", 1, null),
  ),
);
const host = fc.constantFrom(
  ...["ghcr.io", "https://ghcr.io/v2/", "ghcr.io/a", "__proto__", ""],
);
const config: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue() as fc.Arbitrary<Json>,
  fc.record({
    auths: fc.dictionary(host, word),
    credHelpers: fc.dictionary(host, word),
    credsStore: word,
  }, { requiredKeys: [] }),
);

Deno.test("authSources() takes any configuration, and no path for a program", () => {
  fc.assert(
    fc.property(config, (config) => {
      const image = { registry: "ghcr.io", repository: "a/b" };
      for (const source of authSources(config, image)) {
        if (source.kind === "login") continue;
        assert.match(source.program, /^docker-credential-[\w.-]+$/);
        assert.equal(source.server, "ghcr.io");
      }
    }),
    SETTINGS,
  );
});
