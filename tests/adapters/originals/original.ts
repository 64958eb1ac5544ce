import type { JsonObject } from "../../../schemas/mod.ts";

/** A fake of an original processor: another program, which speaks the real protocol of its generation. */
export interface Original extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** First frames, or bodies, that it took; and those that it refused. */
  readonly taken: JsonObject[];
  readonly refused: JsonObject[];
  /** Resolves when a run was ended because somebody asked for it. */
  readonly preempted: Promise<void>;
}

/** `GET /healthz` of a generation: the older ones tell no digest. */
export function healthz(digest?: string): Response {
  return Response.json(
    digest === undefined ? { ok: true } : { ok: true, digest },
  );
}
