import type { Readable } from "node:stream";
import type {
  ImageEngine,
  InspectedImage,
  RegistryAuth,
} from "./image_engine.ts";

/** The part of an engine's API that making images and handing them on takes, as dockerode has it. */
export interface BuildEngine extends ImageEngine {
  version(): Promise<EngineVersion>;
  /** The context is an archive; the stream tells how far the engine is, as lines of JSON. */
  buildImage(context: Readable, options: BuildQuery): Promise<EngineStream>;
  getImage(name: string): EngineImage;
  listImages(
    options: { readonly filters: { readonly label: readonly string[] } },
  ): Promise<readonly ListedImage[]>;
}

export interface EngineVersion {
  readonly ApiVersion?: string;
  readonly Components?: readonly { readonly Name: string }[] | null;
}

export interface EngineImage extends ReturnType<ImageEngine["getImage"]> {
  inspect(): Promise<InspectedImage & { readonly Size?: number }>;
  /** Takes the name away; one that has no other name is removed. */
  remove(): Promise<unknown>;
  tag(name: { readonly repo: string; readonly tag: string }): Promise<unknown>;
  push(
    options: {
      readonly tag: string;
      readonly authconfig?: RegistryAuth;
      readonly abortSignal: AbortSignal;
    },
  ): Promise<EngineStream>;
}

export type EngineStream = AsyncIterable<Uint8Array> & { destroy(): unknown };

/** `POST /build`, what is used of it. */
export interface BuildQuery {
  readonly t: string;
  /** Its name in the context. */
  readonly dockerfile: string;
  readonly nocache: boolean;
  readonly platform: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Containers of steps are removed, those of steps that failed too. */
  readonly rm: true;
  readonly forcerm: true;
  /** 2 is BuildKit. A number, since the client opens a session for the text, which only logins need. */
  readonly version: 1 | 2;
  readonly abortSignal: AbortSignal;
}

/** An item of `GET /images/json`, what is used of it. */
export interface ListedImage {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly RepoDigests?: readonly string[] | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
  /** Seconds since 1970. */
  readonly Created: number;
  readonly Size: number;
}
