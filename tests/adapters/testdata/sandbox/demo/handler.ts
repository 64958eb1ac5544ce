import type { Run } from "theoryctl/handler";

/** Does what `params.do` says. */
export async function handle(run: Run): Promise<void> {
  const todo = run.params.do;
  run.emit("begun", { n: 1 });
  run.token("Hel");
  run.token("lo");
  if (todo === "fail") run.fail("ERR_DEMO", "Cannot do it: it was asked to fail");
  if (todo === "throw") throw new RangeError("out of range");
  if (todo === "spin") while (true);
  if (todo === "wait") await new Promise(() => {});
  if (todo === "leak") {
    const key = run.secret("DEMO_KEY") ?? "no key";
    run.log(`key is ${key}`);
    run.token(key);
    run.fail("ERR_DEMO", `Cannot use ${key}: refused`, { key, list: [key] });
  }
  if (todo === "fetch") {
    const response = await fetch(String(run.params.url));
    return await run.write("response.txt", await response.text());
  }
  if (todo === "undeclared") await run.write("other.txt", "x");
  if (todo !== "nothing") {
    await run.write("response.txt", `Hello, ${run.params.name ?? "you"}\n`);
  }
  await run.write("sub/data.json", JSON.stringify({ seen: Object.keys(run.params) }));
}

