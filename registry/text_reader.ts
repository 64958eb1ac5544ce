/** The text of a file by its absolute path; undefined when there is none, or it may not be read. */
export type TextReader = (path: string) => string | undefined;
