Deno.test("fetches", async () => {
  await fetch("http://127.0.0.1:65000/");
});
