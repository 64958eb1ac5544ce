/**
 * The name of a run's folder below the runs folder of its instance. Server and adapter both derive it:
 * letters, digits, `-`, `_` and inner dots stay, everything else is percent-encoded, so that no
 * execution id can name another folder.
 */
export function runFolderName(executionId: string): string {
  return encodeURIComponent(executionId.toWellFormed())
    .replaceAll(/[!~*'()]/g, percent)
    .replace(/^\./, percent);
}

/**
 * The name of a file beside the folders of runs that holds the name of the folder in which a run works until it
 * ends; there is none when that is its own.
 */
export function workFolderMark(executionId: string): string {
  return `.at-${runFolderName(executionId)}`;
}

function percent(character: string): string {
  const hex = character.charCodeAt(0).toString(16).toUpperCase();
  return `%${hex}`;
}

/** A file in the runs folder of a server, locked as long as it lives. No run folder begins with a dot. */
export const SERVER_LOCK = ".server";
