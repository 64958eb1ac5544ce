import assert from "node:assert/strict";
import { join } from "node:path";
import { engineFailure } from "../../../adapters/containers/engine_failure.ts";
import { lightDocker } from "../../../adapters/containers/light_docker.ts";
import { openDocker } from "../../../adapters/containers/open_docker.ts";
import { Failure } from "../../../schemas/mod.ts";
import { temporary } from "../temporary.ts";

/** An error as Node's clients throw it. */
function coded(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

const GONE = [
  coded("ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:2375"),
  coded("ECONNRESET", "socket hang up"),
  coded("ECONNRESET", "aborted"),
  coded("ENOENT", "connect ENOENT /nowhere/docker.sock"),
  coded("EPIPE", "write EPIPE"),
  coded("EACCES", "connect EACCES /nowhere/docker.sock"),
  coded("ETIMEDOUT"),
  coded("HPE_INVALID_CONSTANT", "Parse Error: Expected HTTP/"),
];

for (const error of GONE) {
  Deno.test(`engineFailure() takes "${error.message}" for an engine that is gone`, () => {
    const failure = engineFailure(error);
    assert.ok(failure instanceof Failure);
    assert.equal(failure.code, "ERR_ENGINE_UNAVAILABLE");
    assert.match(failure.message, /engine does not answer any more/);
    assert.ok(failure.message.includes(error.message));
  });
}

const OTHERS = [
  new TypeError("Cannot read properties of undefined (reading 'Id')"),
  new Deno.errors.NotFound("No such file or directory (os error 2)"),
  // As Deno itself throws it, with a code.
  Object.assign(new Deno.errors.NotFound("open"), { code: "ENOENT" }),
  new Deno.errors.NotCapable("Requires net access"),
  new Failure("ERR_START", "Cannot start it"),
  coded("ERR_INVALID_ARG_TYPE"),
  "no error at all",
];

for (const error of OTHERS) {
  Deno.test(`engineFailure() leaves "${error}" as it is`, () => {
    assert.equal(engineFailure(error), error);
  });
}

Deno.test("engineFailure() says what an engine says", () => {
  const error = Object.assign(
    new Error("(HTTP code 500) server error - the disk\nis full."),
    { statusCode: 500 },
  );
  const failure = engineFailure(error);
  assert.ok(failure instanceof Failure);
  assert.match(failure.message, /engine says "the disk is full"$/);
});

/** How an engine breaks down: what it does with a connection once it was asked something. */
const BREAKS: Readonly<Record<string, (asked: Deno.Conn) => void>> = {
  "resets the connection": (asked) => asked.close(),
  "ends within its answer": (asked) => {
    const begun = "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{";
    asked.write(new TextEncoder().encode(begun)).then(() => asked.close());
  },
  "speaks no HTTP": (asked) => {
    asked.write(new TextEncoder().encode("what?\r\n\r\n"))
      .then(() => asked.close());
  },
  "never answers": () => {},
};

for (const [how, onAsked] of Object.entries(BREAKS)) {
  Deno.test(`lightDocker() tells of an engine that ${how}`, async () => {
    await using place = await temporary();
    using engine = broken(join(place.folder, "socket"), onAsked);
    const { at } = engine;
    const docker = lightDocker(at);
    await assert.rejects(docker.getContainer("id").inspect(), UNAVAILABLE);
  });
}

for (const how of ["resets the connection", "speaks no HTTP"]) {
  Deno.test(`engineFailure() tells of an engine that ${how}, whose client says it`, async () => {
    await using place = await temporary();
    using engine = broken(join(place.folder, "socket"), BREAKS[how]);
    const docker = await openDocker(engine.at);
    const error = await docker.info().catch((error: unknown) => error);
    assert.throws(() => {
      throw engineFailure(error);
    }, UNAVAILABLE);
  });
}

Deno.test("lightDocker() tells of an engine whose socket is gone", async () => {
  const docker = lightDocker({ path: "/nowhere/docker.sock" });
  await assert.rejects(docker.getImage("id").inspect(), UNAVAILABLE);
});

const UNAVAILABLE = {
  name: "Failure",
  code: "ERR_ENGINE_UNAVAILABLE",
  message: /engine does not answer any more/,
};

/** Listens, and does this with each connection on which something was asked. */
function broken(
  path: string,
  onAsked: (asked: Deno.Conn) => void = () => {},
) {
  const listener = Deno.listen({ transport: "unix", path });
  const open: Deno.Conn[] = [];
  void (async () => {
    for await (const asked of listener) {
      open.push(asked);
      await asked.read(new Uint8Array(4096));
      onAsked(asked);
    }
  })().catch(() => {});
  return {
    at: { path },
    [Symbol.dispose]() {
      listener.close();
      for (const each of open) closeOnce(each);
    },
  };
}

function closeOnce(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
