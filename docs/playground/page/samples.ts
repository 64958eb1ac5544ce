import { byId } from "./element.ts";

/** A document to begin with, and what lies beside it. */
export interface Sample {
  readonly title: string;
  readonly inputs: string;
  readonly registry?: string;
  readonly files: readonly string[];
}

/** The first one is there when the page is opened. */
export const SAMPLES: readonly Sample[] = [
  {
    title: "A picture to describe",
    inputs: "picture.yaml",
    files: ["landscape.png"],
  },
  {
    title: "Mistakes to mend",
    inputs: "mistakes.yaml",
    files: ["landscape.png"],
  },
  {
    title: "A processor of your own",
    inputs: "own_inputs.yaml",
    registry: "own_registry.yaml",
    files: [],
  },
];

/** The files of the samples, which came with the page. */
export interface SampleFiles {
  readonly text: (name: string) => string;
  readonly bytes: (name: string) => Uint8Array<ArrayBuffer>;
}

export function sampleFiles(): SampleFiles {
  const all: Readonly<Record<string, string>> = JSON.parse(
    byId("samples", HTMLScriptElement).text,
  );
  const bytes = (name: string) =>
    Uint8Array.from(atob(all[name] ?? ""), (char) => char.charCodeAt(0));
  return { bytes, text: (name) => new TextDecoder().decode(bytes(name)) };
}
