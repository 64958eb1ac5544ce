Deno.test("three", () => console.log("ok says nothing: 7 passed"));
