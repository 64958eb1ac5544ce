/** The HTTP status that an engine answered with, if it did. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof Error && "statusCode" in error &&
      typeof error.statusCode === "number"
    ? error.statusCode
    : undefined;
}

/** What an engine said in place of doing what it was asked for; undefined for an error that is not of an engine. */
export function saidBy(error: unknown): string | undefined {
  if (!(error instanceof Error) || statusOf(error) === undefined) {
    return undefined;
  }
  return error.message.replace(/^\(HTTP code \d+\) [^-]* - /, "").trim();
}
