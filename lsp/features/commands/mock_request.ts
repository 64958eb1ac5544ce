import { toJson } from "../../../schemas/mod.ts";
import { attachmentsOf } from "../../attachments.ts";
import type { MockRequest } from "../../host.ts";
import type { InputsView } from "../../view.ts";

/** What a mock run of a document is given; undefined when it is not known for which processor. */
export function mockRequest(
  view: InputsView,
): Omit<MockRequest, "signal"> | undefined {
  const { checked: { document }, tree: { root }, dir } = view;
  if (document?.ref === undefined || root?.kind !== "object") return undefined;
  const properties = root.properties
    .filter(({ key }) => key !== "$attachments");
  const known = attachmentsOf(view);
  const attachments = document.uses.flatMap(({ name }) => {
    const file = known.get(name)?.file;
    return file === undefined ? [] : [[name, file] as const];
  });
  return {
    text: JSON.stringify(toJson({ ...root, properties })),
    dir,
    ref: document.ref,
    attachments: new Map(attachments),
  };
}
