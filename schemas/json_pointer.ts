/** Keys and indexes from the root of a document to a place in it. */
export type Path = readonly (string | number)[];

/** The JSON Pointer (RFC 6901) of a path; `""` is the whole document. */
export function pointerOf(path: Path): string {
  return path.map((step) => `/${escapeStep(step)}`).join("");
}

/** The pointer of a key or index below a pointer. */
export function below(pointer: string, step: string | number): string {
  return `${pointer}/${escapeStep(step)}`;
}

/** The steps of a JSON Pointer, all as text. */
export function pointerSteps(pointer: string): readonly string[] {
  return pointer.split("/").slice(1).map((step) =>
    step.replaceAll("~1", "/").replaceAll("~0", "~")
  );
}

function escapeStep(step: string | number): string {
  return String(step).replaceAll("~", "~0").replaceAll("/", "~1");
}
