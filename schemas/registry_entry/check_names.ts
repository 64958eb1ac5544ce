import type { Diagnostic, Fix } from "../diagnostic.ts";
import type { Source } from "../source.ts";
import { shortText } from "../tree_rules.ts";
import { replaceText } from "./edit_text.ts";
import type { Place } from "./place.ts";
import { finding, members, placeAt, textAt } from "./place.ts";

const ENVIRONMENT_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Secrets are environment names; hosts of `network.allow` have one of the known forms. */
export function checkNames(root: Place, source: Source): readonly Diagnostic[] {
  const secrets = placeAt(root, "secrets");
  const lists = secrets?.node.kind === "array"
    ? [secrets]
    : members(secrets).map((place) => place);
  return [
    ...lists.flatMap(members).flatMap((place) => checkSecret(place, source)),
    ...members(placeAt(root, "network", "allow")).flatMap((place) =>
      checkHost(place, source)
    ),
  ];
}

function checkSecret(place: Place, source: Source): readonly Diagnostic[] {
  const name = textAt(place);
  if (name === undefined || ENVIRONMENT_NAME.test(name)) return [];
  const near = name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_");
  return [finding("ERR_VALUE", place, {
    message: `Cannot use secret "${name}": it is not an environment name`,
    expected: "letters, digits and _, not beginning with a digit",
    fixes: change(place, source, ENVIRONMENT_NAME.test(near) ? near : ""),
  })];
}

function checkHost(place: Place, source: Source): readonly Diagnostic[] {
  const host = textAt(place);
  const found = host === undefined ? undefined : hostProblem(host);
  if (host === undefined || found === undefined) return [];
  const near = URL.canParse(host) ? new URL(host).host : "";
  return [finding("ERR_VALUE", place, {
    message: `Cannot allow "${host}": ${found}`,
    expected: "host, host:port, *.host, or $NAME of an environment name",
    fixes: change(place, source, hostProblem(near) === undefined ? near : ""),
  })];
}

const HOST =
  /^(?:(?:\*\.)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\])(?::(?<port>[0-9]+))?$/;

/** Why a text is none of `host`, `host:port`, `*.host`, `$NAME`; undefined when it is one. */
function hostProblem(text: string): string | undefined {
  if (text.startsWith("$")) {
    return ENVIRONMENT_NAME.test(text.slice(1))
      ? undefined
      : `"${text.slice(1)}" is not an environment name`;
  }
  if (text.includes("://")) return "it is a URL, not a host";
  const match = HOST.exec(text);
  if (match === null) return "it is not a host";
  const port = match.groups?.["port"];
  if (port === undefined || (Number(port) >= 1 && Number(port) <= 65535)) {
    return undefined;
  }
  return `${port} is not a port`;
}

function change(place: Place, source: Source, text: string): readonly Fix[] {
  if (text === "") return [];
  return [{
    title: `Write ${shortText(text)}`,
    edits: [replaceText(source, place, text)],
  }];
}
