import type { Run } from "../../../../schemas/handler.ts";

/** Says its secret in every way a run can say something. */
export async function handle(run: Run): Promise<void> {
  const secret = run.secret("TEST_KEY") ?? "none";
  run.token(`token ${secret}`);
  run.emit("step", { [secret]: [secret] });
  run.log(`log ${encodeURIComponent(secret)}`, { auth: btoa(secret) });
  console.log(`printed ${JSON.stringify({ secret })}`);
  await run.write("usage.json", JSON.stringify({
    deno: Deno.env.get("TEST_KEY") === secret,
    process: process.env["TEST_KEY"] === secret,
    undeclared: Deno.env.get("TEST_OTHER") ?? null,
    all: Object.keys(Deno.env.toObject()),
  }));
  Deno.env.set("TEST_KEY", "changed");
  await run.write("response.txt", `${Deno.env.get("TEST_KEY")}`);
  if (run.params["fail"] === true) {
    run.fail("ERR_PROVIDER", `refused ${secret}`, { key: secret });
  }
}
