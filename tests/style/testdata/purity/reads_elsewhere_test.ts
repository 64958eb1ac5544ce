Deno.test("reads a file that is no test data", async () => {
  await Deno.readTextFile("deno.json");
});
