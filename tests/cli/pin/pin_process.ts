/** Pins one image after the other in an entry, and fails when one of them is lost. */
import { writePin } from "../../../cli/pin/write_pin.ts";
import { realWorld } from "../../../cli/real_world.ts";

const [file = "", name = ""] = Deno.args;
const platform = name === "arm64" ? "arm64" : "amd64";
const world = realWorld([], {
  program: "",
  version: "",
  dir: "",
  file: "",
  deno: "",
});
for (let i = 10; i < 60; i++) {
  const reference = `demo/hello@sha256:${`${i}`.repeat(32)}`;
  await writePin(file, { platform, reference }, { dryRun: false, world });
  const text = await Deno.readTextFile(file);
  if (text.includes(`${platform}: ${reference}\n`)) continue;
  throw new Error(`Cannot find the pin of ${platform}: it was lost\n${text}`);
}
