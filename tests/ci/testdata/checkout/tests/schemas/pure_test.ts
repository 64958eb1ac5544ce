Deno.test("one", () => {});
Deno.test("two", async (t) => {
  await t.step("a step is no test", () => {});
});
