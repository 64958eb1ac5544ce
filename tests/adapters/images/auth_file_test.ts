import assert from "node:assert/strict";
import {
  authSources,
  helperPrograms,
} from "../../../adapters/images/auth_file.ts";
import { authFiles } from "../../../adapters/images/auth_places.ts";
import { parseReference } from "../../../adapters/images/reference.ts";
import type { Json } from "../../../schemas/mod.ts";

/** What is found for an image, in few words. */
function found(config: Json, name: string): readonly string[] {
  const image = parseReference(name);
  assert.ok(image !== undefined);
  return authSources(config, image).map((source) =>
    source.kind === "helper"
      ? `${source.program} for ${source.server}`
      : Object.values(source.auth).join(" ")
  );
}

function login(text: string): { readonly auth: string } {
  return { auth: btoa(text) };
}

const CASES: readonly (readonly [string, Json, string, readonly string[]])[] = [
  [
    "a login by host",
    { auths: { "ghcr.io": login("me:secret") } },
    "ghcr.io/a/b",
    ["me secret ghcr.io"],
  ],
  [
    "nothing for another host",
    { auths: { "ghcr.io": login("me:secret") } },
    "quay.io/a/b",
    [],
  ],
  [
    "nothing for a host that begins alike",
    { auths: { "ghcr.io": login("me:secret") } },
    "ghcr.io.example/a",
    [],
  ],
  [
    "a host with its port",
    { auths: { "localhost:5000": login("me:secret") } },
    "localhost:5000/a",
    ["me secret localhost:5000"],
  ],
  [
    "no host with another port",
    { auths: { "localhost:5000": login("me:secret") } },
    "localhost:5001/a",
    [],
  ],
  [
    "a host with a scheme and a path",
    { auths: { "https://ghcr.io/v2/": login("me:secret") } },
    "ghcr.io/a",
    ["me secret ghcr.io"],
  ],
  [
    "Docker Hub by its older address",
    { auths: { "https://index.docker.io/v1/": login("me:secret") } },
    "alpine",
    ["me secret https://index.docker.io/v1/"],
  ],
  [
    "Docker Hub by its name",
    { auths: { "docker.io": login("me:secret") } },
    "a/b",
    ["me secret https://index.docker.io/v1/"],
  ],
  [
    "the login for the longest part of a path",
    {
      auths: {
        "quay.io": login("all:1"),
        "quay.io/team": login("team:2"),
        "quay.io/team/app": login("app:3"),
      },
    },
    "quay.io/team/app:1",
    ["app 3 quay.io"],
  ],
  [
    "the login for a part of a path",
    { auths: { "quay.io": login("all:1"), "quay.io/team": login("team:2") } },
    "quay.io/team/other",
    ["team 2 quay.io"],
  ],
  [
    "a password with a colon",
    { auths: { "ghcr.io": login("me:a:b") } },
    "ghcr.io/a",
    ["me a:b ghcr.io"],
  ],
  [
    "a password that is no ASCII",
    { auths: { "ghcr.io": { auth: "bWU6cMOkc3M=" } } },
    "ghcr.io/a",
    ["me päss ghcr.io"],
  ],
  [
    "an identity token before a password",
    { auths: { "ghcr.io": { ...login("me:"), identitytoken: "token" } } },
    "ghcr.io/a",
    ["token ghcr.io"],
  ],
  [
    "a name and a password as they are",
    { auths: { "ghcr.io": { username: "me", password: "secret" } } },
    "ghcr.io/a",
    ["me secret ghcr.io"],
  ],
  ["nothing in an empty login", { auths: { "ghcr.io": {} } }, "ghcr.io/a", []],
  [
    "nothing in a login that is no Base64",
    { auths: { "ghcr.io": { auth: "%%%" } } },
    "ghcr.io/a",
    [],
  ],
  [
    "nothing in a login without a name",
    { auths: { "ghcr.io": login(":secret") } },
    "ghcr.io/a",
    [],
  ],
  [
    "the helper of the store before a login",
    { credsStore: "desktop", auths: { "ghcr.io": login("me:secret") } },
    "ghcr.io/a",
    ["docker-credential-desktop for ghcr.io", "me secret ghcr.io"],
  ],
  [
    "the helper of a host before that of the store",
    { credsStore: "desktop", credHelpers: { "ghcr.io": "gh" } },
    "ghcr.io/a",
    ["docker-credential-gh for ghcr.io"],
  ],
  [
    "the helper of the store for another host",
    { credsStore: "desktop", credHelpers: { "ghcr.io": "gh" } },
    "alpine",
    ["docker-credential-desktop for https://index.docker.io/v1/"],
  ],
  ["no helper that is a path", { credsStore: "../../bin/evil" }, "alpine", []],
  [
    "nothing where nothing is as it should be",
    { auths: [1], credHelpers: "x", credsStore: 3 },
    "alpine",
    [],
  ],
  ["nothing in a list", [], "alpine", []],
];

for (const [what, config, name, expected] of CASES) {
  Deno.test(`authSources() finds ${what}`, () => {
    assert.deepEqual(found(config, name), expected);
  });
}

Deno.test("helperPrograms() names every program that may be asked", () => {
  const config = { credsStore: "pass", credHelpers: { a: "gh", b: "../x" } };
  assert.deepEqual(helperPrograms(config), [
    "docker-credential-gh",
    "docker-credential-pass",
  ]);
});

Deno.test("authFiles() are those of Docker and Podman", () => {
  const env: Record<string, string> = { HOME: "/h", XDG_RUNTIME_DIR: "/r" };
  assert.deepEqual(authFiles((name) => env[name]), [
    "/h/.docker/config.json",
    "/r/containers/auth.json",
    "/h/.config/containers/auth.json",
  ]);
});

Deno.test("authFiles() are where the environment says", () => {
  const env: Record<string, string> = {
    DOCKER_CONFIG: "/d",
    HOME: "/h",
    REGISTRY_AUTH_FILE: "/a/auth.json",
    XDG_CONFIG_HOME: "/c",
  };
  assert.deepEqual(authFiles((name) => env[name]), [
    "/a/auth.json",
    "/d/config.json",
    "/c/containers/auth.json",
  ]);
});
