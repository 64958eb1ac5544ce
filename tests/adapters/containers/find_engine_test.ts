import assert from "node:assert/strict";
import { join } from "node:path";
import {
  engineIfThere,
  findEngine,
} from "../../../adapters/containers/find_engine.ts";
import { Failure } from "../../../schemas/mod.ts";
import { temporary } from "../temporary.ts";

const at = (path: string, from = "default") => ({
  from,
  url: `unix://${path}`,
  at: { path },
});

/** Something that listens on a socket and answers all requests alike. */
function listening(path: string, status: number, body: string) {
  return Deno.serve(
    { path, onListen: () => {} },
    () => new Response(body, { status }),
  );
}

Deno.test("findEngine() takes the first one that answers", async () => {
  await using place = await temporary();
  const [missing, other, engine, later] = ["a", "b", "c", "d"]
    .map((name) => join(place.folder, name));
  await using _other = listening(other ?? "", 404, '{"message":"who?"}');
  await using _engine = listening(engine ?? "", 200, "OK");
  await using _later = listening(later ?? "", 200, "OK");
  const addresses = [missing, other, engine, later]
    .map((path) => at(path ?? ""));
  const found = await findEngine(addresses);
  assert.deepEqual(found.at, { path: engine });
});

Deno.test("findEngine() says what it found in each place, and what to do", async () => {
  await using place = await temporary();
  const { folder } = place;
  await Deno.writeTextFile(join(folder, "file"), "");
  await using _other = listening(
    join(folder, "web"),
    404,
    '{"message":"who?"}',
  );
  // What a killed program leaves: the file of a socket that nobody has open.
  const socket = Deno.listen({ transport: "unix", path: join(folder, "held") });
  await Deno.link(join(folder, "held"), join(folder, "left"));
  socket.close();
  const names = ["missing", "file", "web", "left"];
  const failure = await failed(names.map((name) => at(join(folder, name))));
  assert.equal(failure.code, "ERR_ENGINE_UNAVAILABLE");
  const tried = (failure.details as { tried: { found: string }[] }).tried;
  assert.deepEqual(tried.map(({ found }) => found), [
    "it is not there",
    "it is no socket",
    "it is no engine: it answered with status 404 (who?)",
    "nothing listens there",
  ]);
  assert.match(failure.hint ?? "", /Install and start Docker .* or Podman/);
});

Deno.test("findEngine() names the variable that names an engine", async () => {
  const failure = await failed([at("/nowhere/docker.sock", "DOCKER_HOST")]);
  assert.match(failure.message, /DOCKER_HOST names ".*", and it is not there/);
});

Deno.test("engineIfThere() answers undefined when there is none", async () => {
  assert.equal(await engineIfThere([at("/nowhere/docker.sock")]), undefined);
  assert.equal(await engineIfThere([]), undefined);
});

async function failed(
  addresses: Parameters<typeof findEngine>[0],
): Promise<Failure> {
  try {
    await findEngine(addresses);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("An engine was found");
}
