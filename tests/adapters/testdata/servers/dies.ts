// Ends before it is ready, saying why; a secret that it was given is in what it says.
console.error("warming up");
console.error(`error: cannot go on with ${Deno.env.get("DEMO_KEY") ?? "nothing"}`);
Deno.exit(3);
