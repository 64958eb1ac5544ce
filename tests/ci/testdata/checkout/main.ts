const at = Deno.args.indexOf("--execution-id");
const id = at < 0 ? crypto.randomUUID() : Deno.args[at + 1];
console.error("a word on stderr");
console.log(JSON.stringify({ execution_id: id, status: "success" }));
