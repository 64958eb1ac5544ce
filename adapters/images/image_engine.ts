/** The part of an engine's API that finding and fetching images takes, as dockerode has it. */
export interface ImageEngine {
  getImage(name: string): {
    inspect(): Promise<InspectedImage>;
    /** What the registry says of an image; Podman does not have this. */
    distribution(
      options: { readonly authconfig: RegistryAuth | undefined },
    ): Promise<Distribution>;
  };
  /** Answers when the engine begins; the stream tells how far it is, as lines of JSON. */
  createImage(
    auth: RegistryAuth | undefined,
    options: {
      readonly fromImage: string;
      readonly tag: string;
      readonly platform: string;
      readonly abortSignal?: AbortSignal;
    },
  ): Promise<AsyncIterable<Uint8Array> & { destroy(): unknown }>;
}

/** `GET /images/{name}/json`, what is used of it. */
export interface InspectedImage {
  readonly Id: string;
  readonly RepoDigests?: readonly string[] | null;
  readonly RepoTags?: readonly string[] | null;
  readonly Architecture?: string;
  readonly Config?: {
    readonly Labels?: Readonly<Record<string, string>> | null;
    readonly Entrypoint?: readonly string[] | string | null;
    readonly WorkingDir?: string;
  } | null;
}

/** `GET /distribution/{name}/json`, what is used of it. */
export interface Distribution {
  readonly Descriptor: { readonly digest: string };
  /** Of each image that goes by the name. */
  readonly Platforms?:
    | readonly { readonly architecture: string; readonly os: string }[]
    | null;
}

/** What a registry is to be shown, as engines take it. */
export type RegistryAuth =
  | {
    readonly username: string;
    readonly password: string;
    readonly serveraddress: string;
  }
  | { readonly identitytoken: string; readonly serveraddress: string };
