import type { Run } from "../../../../schemas/handler.ts";

export async function handle(run: Run) {
  await run.write("frames/\u00e9.bin", "composed");
  await run.write("frames//e%CC%81.bin", "decomposed and escaped");
}
