import type { ContainerChoice } from "../containers/container_spec.ts";
import { containerSpec } from "../containers/container_spec.ts";
import type { ContainerSpec } from "../containers/docker_api.ts";

/** Where the folders are of a run that has a container of its own. */
export const FOLDERS = { artifacts: "artifacts", work: "work" } as const;

/** How images of programs are made (protocols.md 1). */
export interface ProgramImage {
  /** Without one, the program is where the second generation had it. */
  readonly hasEntrypoint: boolean;
  /** Empty where the image does not say. */
  readonly workingDir: string;
}

/** What a container of one run is made from. */
export interface ProgramChoice extends ContainerChoice {
  readonly mode: "mock" | "real";
  readonly image: ProgramImage;
  /** The reference that the entry pins. */
  readonly reference: string;
  /** Folder of this machine with the inputs, and the older place for outputs. */
  readonly workDir: string;
  readonly argv: readonly string[];
}

export interface ProgramSpec extends ContainerSpec {
  readonly Cmd: readonly string[];
  readonly WorkingDir: string;
}

/** What is run in an image without an entry point. */
const PROGRAM: readonly string[] = ["python", "/app/main.py"];

/** A container that does one run, with the confinement that servers have, and in mock without a network. */
export function programSpec(choice: ProgramChoice): ProgramSpec {
  const { mode, image, runsDir, workDir, argv } = choice;
  const inside = workInside(image);
  const network = mode === "mock" ? { network: "none" } : {};
  const { HostConfig: host, ...spec } = containerSpec({
    ...choice,
    ...network,
  });
  return {
    ...spec,
    Cmd: [...(image.hasEntrypoint ? [] : PROGRAM), ...argv],
    // Images whose own it is keep their program there.
    WorkingDir: "/work",
    Env: environment(choice, inside),
    ExposedPorts: {},
    HostConfig: {
      ...host,
      PortBindings: {},
      Mounts: [
        { Type: "bind", Source: runsDir, Target: "/artifacts" },
        { Type: "bind", Source: workDir, Target: inside },
      ],
    },
  };
}

/**
 * Where a program finds the inputs: at `/work`, unless the image has it as its working directory, with the program in
 * it.
 */
export function workInside({ workingDir }: ProgramImage): string {
  return workingDir === "/work" ? "/tmp/execution" : "/work";
}

/** The arguments of a run; those of before the third generation know of no id. */
export function argvOf(
  { image, writePrefix, executionId }: {
    readonly image: ProgramImage;
    readonly writePrefix: string;
    readonly executionId: string | undefined;
  },
): readonly string[] {
  return [
    ...["--inputs", `${workInside(image)}/inputs.json`],
    ...["--write-prefix", writePrefix],
    ...(executionId === undefined ? [] : ["--execution-id", executionId]),
  ];
}

function environment(
  { mode, reference, digest, secrets }: ProgramChoice,
  inside: string,
): readonly string[] {
  const values = {
    TZ: "UTC",
    LC_ALL: "C.UTF-8",
    HOME: "/tmp",
    THEORY_OUTPUT_DIR: `${inside}/out`,
    ARTIFACTS_BASE_DIR: "/artifacts",
    IMAGE_REF: reference,
    IMAGE_DIGEST: digest,
    ...(mode === "mock"
      ? { LLM_PROVIDER: "mock" }
      : Object.fromEntries(secrets)),
  };
  return Object.entries(values).map(([name, value]) => `${name}=${value}`);
}
