import type { EntryDocument } from "../documents/entry_document.ts";
import type { Entry, EntryImage, EntryRuntime } from "../entry.ts";
import { inputsSchema } from "./inputs_schema.ts";
import { declaredOutputs } from "./outputs.ts";

/** The one normal form of a `registry.yaml` that its schema accepts, whatever historic form it has. */
export function normalizeEntry(raw: EntryDocument): Entry {
  const handler = raw.handler;
  return {
    ref: refOf(raw) ?? "",
    ...(raw.title === undefined ? {} : { title: raw.title }),
    ...(raw.description === undefined ? {} : { description: raw.description }),
    enabled: raw.enabled ?? true,
    image: imageOf(raw),
    runtime: runtimeOf(raw.runtime ?? {}),
    secrets: secretsOf(raw.secrets),
    inputs: inputsSchema(raw.inputs),
    outputs: declaredOutputs(raw.outputs),
    api: {
      protocol: raw.api?.protocol ?? "ws",
      path: raw.api?.path ?? "/run",
      healthz: raw.api?.healthz ?? "/healthz",
    },
    network: { allow: raw.network?.allow ?? [] },
    ...limitsOf(raw),
    ...(handler === undefined ? {} : {
      handler: typeof handler === "string"
        ? { mock: handler, real: handler }
        : handler,
    }),
  };
}

/** The ref as written: `ref`, the older `name`, or the oldest `ref` and `version`. */
export function refOf(
  raw: Pick<EntryDocument, "ref" | "name" | "version">,
): string | undefined {
  const ref = raw.ref ?? raw.name;
  if (ref === undefined || raw.version === undefined || ref.includes("@")) {
    return ref;
  }
  return `${ref}@${raw.version}`;
}

function imageOf(raw: EntryDocument): EntryImage {
  const { platforms = {}, oci, dockerfile } = raw.image ?? {};
  const build = raw.build ?? raw.image?.build ??
    (dockerfile === undefined ? undefined : { dockerfile });
  return {
    platforms: {
      ...(platforms.amd64 === undefined ? {} : { amd64: platforms.amd64 }),
      ...(platforms.arm64 === undefined ? {} : { arm64: platforms.arm64 }),
    },
    ...(oci === undefined ? {} : { oci }),
    ...(build === undefined ? {} : {
      build: {
        context: build.context ?? ".",
        dockerfile: build.dockerfile ?? "Dockerfile",
        port: build.port ?? 8000,
      },
    }),
  };
}

function runtimeOf(raw: NonNullable<EntryDocument["runtime"]>): EntryRuntime {
  return {
    cpu: Number(raw.cpu ?? 1),
    memoryGb: raw.memory_gb ?? gigabytes(raw.memory) ?? 2,
    timeoutS: raw.timeout_s ?? raw.timeout ?? 600,
    gpu: /^(none)?$/i.test(raw.gpu ?? "") ? null : raw.gpu ?? null,
  };
}

function limitsOf({ runtime, policy }: EntryDocument): Pick<Entry, "limits"> {
  const gb = runtime?.max_output_gb;
  const mb = policy?.max_file_mb;
  if (gb === undefined && mb === undefined) return {};
  return {
    limits: {
      ...(gb === undefined ? {} : { outputBytes: Math.floor(gb * 2 ** 30) }),
      ...(mb === undefined ? {} : { fileBytes: Math.floor(mb * 2 ** 20) }),
    },
  };
}

function secretsOf(raw: EntryDocument["secrets"]): Entry["secrets"] {
  if (Array.isArray(raw)) return { required: raw, optional: [] };
  return { required: raw?.required ?? [], optional: raw?.optional ?? [] };
}

const UNITS: Readonly<Record<string, number>> = {
  "": 2 ** 20,
  K: 1e3,
  Ki: 2 ** 10,
  M: 1e6,
  Mi: 2 ** 20,
  G: 1e9,
  Gi: 2 ** 30,
  T: 1e12,
  Ti: 2 ** 40,
};

/** `2Gi` → 2. Without a unit it is megabytes (2^20), as in the oldest entries. */
function gigabytes(memory: string | number | undefined): number | undefined {
  if (memory === undefined) return undefined;
  const [, amount, unit = ""] =
    /^([0-9.]+) *([KMGT]i?)?B?$/.exec(`${memory}`) ??
      [];
  const factor = UNITS[unit];
  if (amount === undefined || factor === undefined) return undefined;
  return Number(amount) * factor / 2 ** 30;
}
