// Reads its configuration and says nothing.
await Deno.stdin.read(new Uint8Array(65536));
setInterval(() => {}, 1000);
