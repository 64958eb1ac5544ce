Deno.test("four", () => {});
