import { join } from "node:path";
import { temporary } from "../adapters/temporary.ts";
import { theory } from "../cli/theory.ts";
import { writeRelease } from "../release/release.ts";
import { eachEngine } from "./each_engine.ts";
import { requireCode } from "./probe_ground.ts";

eachEngine("a release builds the images of its processors", async (engine) => {
  await using place = await temporary();
  const release = join(place.folder, "release");
  await writeRelease(release);
  const options = {
    cwd: place.folder,
    env: engine.env,
    main: join(release, "main.js"),
  };
  for (const ref of ["llm/litellm@1", "replicate/generic@1"]) {
    const printed = await theory(["imagectl", "build", "--ref", ref], options);
    requireCode(printed, 0);
  }
});
