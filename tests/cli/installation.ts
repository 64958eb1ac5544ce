import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "./request_of.ts";
import { HELLO } from "./theory.ts";

/** The commands of a document that install or remove. */
export async function documented(
  verb: "install" | "uninstall",
  place = "docs/install.md",
): Promise<readonly string[]> {
  const text = await Deno.readTextFile(join(ROOT, place));
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)]
    .map(([, block]) => block ?? "");
  return blocks.filter((block) => block.startsWith(`deno ${verb} `));
}

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A temporary place to install to, and a folder elsewhere to work in. */
export async function installation() {
  const root = await Deno.makeTempDir({ prefix: "theory-" });
  const work = join(root, "work");
  await Deno.mkdir(work);
  const { PATH = "", HOME = "", ...others } = Deno.env.toObject();
  // What Deno needs to find its cache and to reach packages that are not in it.
  const network = Object.entries(others)
    .filter(([name]) => /^DENO_|CERT|PROXY|NPM_CONFIG/i.test(name));
  const deno = Deno.execPath().slice(0, -"/deno".length);
  const run = async (line: string, cwd = work): Promise<Ran> => {
    const { code, stdout, stderr } = await new Deno.Command("sh", {
      args: ["-c", line],
      cwd,
      clearEnv: true,
      env: {
        PATH: `${join(root, "bin")}:${deno}:${PATH}`,
        HOME,
        DENO_INSTALL_ROOT: root,
        NO_COLOR: "1",
        ...Object.fromEntries(network),
      },
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    return {
      code,
      stdout: decoder.decode(stdout),
      stderr: decoder.decode(stderr),
    };
  };
  return {
    root,
    work,
    run,
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

/**
 * Does what docs/install.md says in a folder with the program, tries what is installed in another folder, and removes
 * it as documented.
 */
export async function assertInstallable(
  folder: string,
  main: string,
): Promise<void> {
  await using place = await installation();
  for (const line of await documented("install")) {
    const named = line.replace("\n  main.ts ", `\n  ${main} `);
    const { code, stderr } = await place.run(named, folder);
    assert.equal(code, 0, stderr);
  }
  const list = await place.run("theoryctl registry list");
  assert.match(list.stdout, /^llm\/litellm@1 /m);

  const inputs = `--ref llm/litellm@1 --inputs-json '${HELLO}'`;
  const ran = await place.run(`localctl run ${inputs} --execution-id E1`);
  assert.equal(ran.code, 0, ran.stderr);
  const same = await place.run(
    `theoryctl localctl run ${inputs} --execution-id E1`,
  );
  assert.equal(same.stdout, ran.stdout);
  const state = await Deno.stat(join(place.work, ".theory"));
  assert.ok(state.isDirectory);

  const help = await place.run("localctl --help");
  assert.match(help.stdout, /USAGE\n {2}localctl COMMAND/);
  const modal = await place.run(
    "MODAL_CONFIG_PATH=modal.toml MODAL_TOKEN_ID=ak-1 modalctl account",
  );
  assert.equal(modal.code, 4);
  assert.match(
    modal.stderr,
    /"MODAL_TOKEN_SECRET" is not set, and there is no file "modal.toml"/,
  );
  const cloud = await place.run("modalctl start --ref llm/litellm@1");
  assert.equal(cloud.code, 2);
  assert.match(cloud.stderr, /Run "modalctl --help" .*: account\n/);
  const version = await place.run("localctl --version; theoryctl -v");
  assert.match(version.stdout, /^(\d+\.\d+\.\d+\n)\1$/);
  const wrong = await place.run("localctl stpo");
  assert.match(wrong.stderr, /did you mean "stop"\nRun "localctl --help"/);

  for (const line of await documented("uninstall")) {
    const { code, stderr } = await place.run(line);
    assert.equal(code, 0, stderr);
  }
  const left = await Array.fromAsync(Deno.readDir(join(place.root, "bin")));
  assert.deepEqual(left.map(({ name }) => name), []);
}
