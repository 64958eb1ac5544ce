import assert from "node:assert/strict";
import { eachEngine } from "./each_engine.ts";
import { programOutput } from "./program_output.ts";
import { ACCOUNT } from "./registries.ts";

eachEngine(
  "a house has the images that Dockerfiles start from",
  async (engine) => {
    const line = [...engine.client, "run", "--rm", "--entrypoint", "deno"];
    const image = `denoland/deno:${Deno.version.deno}`;
    assert.match(
      await programOutput([...line, image, "--version"]),
      new RegExp(`^deno ${RegExp.escape(Deno.version.deno)} `),
    );
    const python =
      "import fastapi, uvicorn, websockets; print(fastapi.__name__)";
    assert.equal(
      await programOutput([
        ...[...engine.client, "run", "--rm", "python:3.11-slim-bookworm"],
        ...["python3", "-c", python],
      ]),
      "fastapi\n",
    );
  },
);

eachEngine(
  "a house has a registry that takes images and gives them back",
  async (engine) => {
    const image = `${engine.registry}/tests/${engine.name}:1`;
    const { client } = engine;
    const stdin = "FROM scratch\nLABEL theory.test=registry\n";
    await programOutput([...client, "build", "--tag", image, "-"], { stdin });
    await programOutput([...client, "push", image]);
    await programOutput([...client, "rmi", image]);
    await programOutput([...client, "pull", image]);
    await programOutput([...client, "rmi", image]);
  },
);

eachEngine(
  "a house has a registry that asks who it is",
  async ({ privateRegistry }) => {
    const url = `http://${privateRegistry}/v2/`;
    const stranger = await fetch(url);
    await stranger.body?.cancel();
    assert.equal(stranger.status, 401);
    const account = btoa(`${ACCOUNT.username}:${ACCOUNT.password}`);
    const known = await fetch(url, {
      headers: { authorization: `Basic ${account}` },
    });
    await known.body?.cancel();
    assert.equal(known.status, 200);
  },
);
