import type {
  Distribution,
  ImageEngine,
  InspectedImage,
  RegistryAuth,
} from "../../../adapters/images/image_engine.ts";

/** What an engine has and can get, by name; what it was asked for is kept. */
export interface FakeEngine {
  readonly images: Readonly<Record<string, InspectedImage>>;
  /** What is there after a pull. */
  readonly pulled?: Readonly<Record<string, InspectedImage>>;
  /** Tags and digests that no registry has. */
  readonly missing?: readonly string[];
  /** What registries say; undefined for an engine that cannot ask them. */
  readonly registries?: Readonly<Record<string, Distribution | string>>;
  readonly asked?: (RegistryAuth | string | undefined)[];
}

/** An engine in memory. */
export function fakeEngine(
  { images, pulled = {}, missing = [], registries, asked = [] }: FakeEngine,
): ImageEngine {
  let there = images;
  return {
    getImage: (name) => ({
      inspect: () => {
        const image = there[name];
        return image === undefined
          ? Promise.reject(refusal(404, `no such image - ${name}`))
          : Promise.resolve(image);
      },
      distribution: ({ authconfig }) => {
        if (registries === undefined) {
          return Promise.reject(refusal(404, "unexpected - Not Found\n"));
        }
        asked.push(`distribution ${name}`, authconfig);
        const answer = registries[name] ?? "no such image - manifest unknown";
        return typeof answer === "string"
          ? Promise.reject(refusal(401, answer))
          : Promise.resolve(answer);
      },
    }),
    createImage: (auth, { fromImage, tag, platform }) => {
      asked.push(`pull ${fromImage} ${tag} ${platform}`, auth);
      if (missing.includes(tag)) {
        return Promise.reject(refusal(404, "unexpected - manifest unknown"));
      }
      there = { ...images, ...pulled };
      return Promise.resolve({
        async *[Symbol.asyncIterator]() {
          yield await Promise.resolve(new TextEncoder().encode("{}\n"));
        },
        destroy: () => {},
      });
    },
  };
}

/** As dockerode words it. */
function refusal(statusCode: number, said: string): Error {
  const error = new Error(`(HTTP code ${statusCode}) ${said} `);
  return Object.assign(error, { statusCode });
}
