export function handle() {}

throw new Error("while loading");
