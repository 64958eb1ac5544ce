import type { Span } from "../source.ts";
import type { Tree } from "../tree.ts";

/** What the comments at the head of a document declare: `# processor: llm/litellm@1`, `# attach: image=photo.jpg`. */
export interface Modelines {
  readonly processor?: { readonly ref: string; readonly span: Span };
  readonly attachments: readonly {
    readonly name: string;
    readonly path: string;
    readonly span: Span;
  }[];
}

/** Comments count that stand before the first key. */
export function modelinesOf({ comments, root, source }: Tree): Modelines {
  const placeOf = (span: Span, part: string) =>
    partSpan(source.text, span, part);
  const head = comments.filter(({ span }) => span.start < firstContent(root));
  const processors = head.flatMap(({ text, span }) => {
    const ref = /^processor:\s*(\S+)$/.exec(text)?.[1];
    return ref === undefined ? [] : [{ ref, span: placeOf(span, ref) }];
  });
  const attachments = head.flatMap(({ text, span }) => {
    const [, name, path] = /^attach:\s*([^\s=]+)=(.+)$/.exec(text) ?? [];
    return name === undefined || path === undefined
      ? []
      : [{ name, path, span: placeOf(span, `${name}=${path}`) }];
  });
  const [processor] = processors;
  return { ...(processor === undefined ? {} : { processor }), attachments };
}

function firstContent(root: Tree["root"]): number {
  if (root === undefined) return Infinity;
  return root.kind === "object"
    ? root.properties[0]?.keySpan.start ?? root.span.start
    : root.span.start;
}

/** Where the part that matters stands: at the end of the comment, but for blanks and what closes it. */
function partSpan(text: string, { end }: Span, part: string): Span {
  const start = text.lastIndexOf(part, end - part.length);
  return { start, end: start + part.length };
}
