/** How far the reading of a file is, in bytes. */
export interface AttachProgress {
  readonly name: string;
  readonly done: number;
  readonly total: number;
}
