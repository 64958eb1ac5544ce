Deno.test("writes a file", async () => {
  await Deno.writeTextFile("purity.tmp", "");
});
