import assert from "node:assert/strict";

export interface EditorCase {
  /** Why it cannot be tested on this machine: then it is left out, and on a machine of CI it fails. */
  readonly missing: string | undefined;
  /** Gets an empty folder. */
  readonly body: (dir: string) => Promise<void>;
}

/** A test that needs an editor. */
export function editorTest(
  name: string,
  { missing, body }: EditorCase,
): void {
  Deno.test({
    name: missing === undefined ? name : `${name}, left out: ${missing}`,
    ignore: missing !== undefined && Deno.env.get("CI") !== "true",
    fn: async () => {
      assert.equal(missing, undefined);
      const dir = await Deno.makeTempDir({ prefix: "theory é-" });
      try {
        // Deno tells folders by their real names.
        await body(await Deno.realPath(dir));
      } finally {
        await Deno.remove(dir, { recursive: true });
      }
    },
  });
}
