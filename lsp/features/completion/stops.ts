/** How a text is written that a client may take as a snippet. */
export interface Stops {
  readonly snippets: boolean;
  /** A part that stays as it is. */
  readonly plain: (text: string) => string;
  /** A part to be typed over, at which a snippet stops, with what may be chosen from. */
  readonly stop: (text: string, choices?: readonly string[]) => string;
}

/** The stops of one text: numbered for a snippet, otherwise none. */
export function stopsFor(snippets: boolean): Stops {
  if (!snippets) {
    return { snippets, plain: (text) => text, stop: (text) => text };
  }
  let count = 0;
  return {
    snippets,
    plain: (text) => text.replaceAll(/[\\$]/g, "\\$&"),
    stop(text, choices = []) {
      count++;
      if (choices.length > 1) {
        const all = [text, ...choices.filter((each) => each !== text)];
        return `\${${count}|${all.map(choice).join(",")}|}`;
      }
      if (text === "") return `$${count}`;
      return `\${${count}:${text.replaceAll(/[\\$}]/g, "\\$&")}}`;
    },
  };
}

function choice(text: string): string {
  return text.replaceAll(/[\\$},|]/g, "\\$&");
}
