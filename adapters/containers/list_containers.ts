import type { Instance, InstanceStatus } from "../ports.ts";
import { listRecords } from "../sandbox/record.ts";
import { hostPlatform } from "../images/platform.ts";
import { containerStatus } from "./container_status.ts";
import type { ListedContainer } from "./docker_api.ts";
import { LABEL, stateLabel } from "./labels.ts";
import { listed } from "./listed.ts";
import { openEngineIfThere } from "./open_engine.ts";
import type { ContainerParts } from "./parts.ts";

/** Every recorded container, then those that are recorded nowhere here, which their labels tell of. */
export async function listContainers(
  parts: ContainerParts,
): Promise<readonly InstanceStatus[]> {
  const records = (await listRecords(parts.stateDir))
    .filter(({ container }) => container !== undefined);
  const engine = await openEngineIfThere(parts);
  const statuses = await Promise.all(
    records.map((record) => containerStatus(record, engine)),
  );
  if (engine === undefined) return statuses;
  const known = new Set(records.map(({ container }) => container?.id));
  const filters = { label: [LABEL.state] };
  const all = await listed(engine.docker, filters);
  const others = all.filter(({ Id, Labels }) =>
    !known.has(Id) && Labels?.[LABEL.run] === undefined
  );
  const own = stateLabel(parts.stateDir);
  return [...statuses, ...others.map((each) => otherStatus(each, own))];
}

/** What labels and engine tell of a container. */
function otherStatus(listed: ListedContainer, own: string): InstanceStatus {
  const { [LABEL.state]: state = "" } = listed.Labels ?? {};
  return {
    instance: otherInstance(listed),
    state: listed.State === "running" ? "running" : "stale",
    unrecorded: true,
    ...(state === own ? {} : { elsewhere: state }),
  };
}

function otherInstance(
  { Id, Names, Image, ImageID, Created, Labels, Ports }: ListedContainer,
): Instance {
  const labels = Labels ?? {};
  const { PublicPort: port = 0 } =
    Ports?.find(({ PublicPort }) => PublicPort !== undefined) ?? {};
  const url = port === 0 ? "" : `http://127.0.0.1:${port}`;
  return {
    ref: labels[LABEL.ref] ?? "",
    engine: "docker",
    container: {
      id: Id,
      name: Names[0]?.replace(/^\//, "") ?? "",
      image: Image,
      imageId: ImageID,
      platform: hostPlatform(),
      healthUrl: url,
    },
    port,
    url,
    token: "",
    startedAt: new Date(Created * 1000).toISOString(),
    digest: labels[LABEL.digest] ?? "",
    secrets: [],
    runsDir: "",
    layout: "shared",
    alreadyRunning: true,
  };
}
