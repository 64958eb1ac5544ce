import text from "/etc/hostname" with { type: "text" };

export function handle() {
  return text;
}
