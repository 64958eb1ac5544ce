/** What explanations are made of. Everything else is taken out of its element, which is left out. */
const TAGS: ReadonlySet<string> = new Set(
  ("A B BLOCKQUOTE BR CODE EM H1 H2 H3 H4 H5 H6 HR I IMG LI OL P PRE SPAN STRONG TABLE TBODY TD TH THEAD TR UL")
    .split(" "),
);

/** Elements whose text is not for people. */
const DROPPED: ReadonlySet<string> = new Set([
  "SCRIPT",
  "STYLE",
  "TEMPLATE",
  "IFRAME",
  "OBJECT",
]);

/**
 * HTML without anything that acts: an entry may come with a link from anybody, and what it says of itself is shown as
 * markdown, in which HTML may stand.
 */
export function sanitized(html: string): string {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const each of [...body.querySelectorAll("*")]) clean(each);
  return body.innerHTML;
}

function clean(each: Element): void {
  if (DROPPED.has(each.tagName)) return each.remove();
  if (!TAGS.has(each.tagName)) return each.replaceWith(...each.childNodes);
  for (const { name, value } of [...each.attributes]) {
    if (!isHarmless(name, value)) each.removeAttribute(name);
  }
  if (each.tagName === "IMG" && !each.hasAttribute("src")) each.remove();
  if (each.tagName === "A") {
    each.setAttribute("target", "_blank");
    each.setAttribute("rel", "noopener noreferrer");
  }
}

function isHarmless(name: string, value: string): boolean {
  if (name === "href") return /^https?:\/\//i.test(value);
  if (name === "src") return /^data:image\/(?!svg)/i.test(value);
  return name === "class" || name === "alt" || name === "title";
}
