import { Failure, isAttachmentName } from "../schemas/mod.ts";

/** Parses `--attach name=path` flags; every name once. */
export function parseAttachments(
  specs: readonly string[],
): ReadonlyMap<string, string> {
  const attachments = new Map<string, string>();
  for (const spec of specs) {
    const at = spec.indexOf("=");
    const [name, path] = [spec.slice(0, at), spec.slice(at + 1)];
    if (at < 1 || path === "") throw wrong(spec, "expected NAME=PATH");
    if (!isAttachmentName(name)) {
      throw wrong(spec, "a name has letters, digits, _, - and . alone");
    }
    if (attachments.has(name)) throw wrong(spec, `"${name}" is attached twice`);
    attachments.set(name, path);
  }
  return attachments;
}

function wrong(spec: string, found: string): Failure {
  return new Failure("ERR_ATTACH_NAME", `Cannot attach "${spec}": ${found}`, {
    hint: "Write it like --attach image=photo.jpg",
  });
}
