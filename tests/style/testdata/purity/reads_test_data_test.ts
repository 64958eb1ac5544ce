Deno.test("reads test data", async () => {
  await Deno.readTextFile("tests/style/testdata/purity/fetches_test.ts");
});
