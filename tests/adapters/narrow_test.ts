import assert from "node:assert/strict";
import { join } from "node:path";
import { temporary } from "./temporary.ts";

Deno.test("attach(), collectOutputs() and saveOutputs() need their folders alone, links above them too", async () => {
  await using place = await temporary();
  await Deno.mkdir(join(place.folder, "real", "saved"), { recursive: true });
  await Deno.symlink("real", join(place.folder, "link"));
  const below = join(place.folder, "link");
  await Deno.writeTextFile(join(below, "in.txt"), "content");
  const toolkit = new URL("../..", import.meta.url).pathname;
  const [state, saved] = [join(below, "state"), join(below, "saved")];
  const script = new URL("./narrow_process.ts", import.meta.url).href;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      `--allow-read=${state},${saved},${join(below, "in.txt")},${toolkit}`,
      `--allow-write=${state},${saved}`,
      script,
      below,
    ],
  }).output();
  const printed = new TextDecoder().decode(stdout);
  assert.equal(
    printed,
    join(saved, "artifacts/outputs/E1/out.json"),
    new TextDecoder().decode(stderr),
  );
  assert.match(await Deno.readTextFile(printed), /"\$artifact"/);
});
