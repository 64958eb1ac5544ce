import {
  findSettings,
  nearestEntry,
  type Settings,
  type SettingsRule,
} from "../../registry/around.ts";
import { type Fallback, foldersAbove } from "../../schemas/mod.ts";
import { type Association, NO_ASSOCIATION } from "../association.ts";
import type { Host } from "../host.ts";
import type { Opened } from "../view_of.ts";

/** What lies around a document and says something about it. */
export interface Around {
  /** The nearest settings from its folder upwards. */
  readonly settings?: Settings;
  /** Registry roots of the settings that are there, absolute. */
  readonly roots: readonly string[];
  /** Which processor it is for, unless it says so itself. */
  readonly association: Association;
}

/** Looks around a document, from its folder upwards. What cannot be read is not there. */
export function lookAround(
  { path, dir }: Pick<Opened, "path" | "dir">,
  { files }: Pick<Host, "files">,
): Around {
  const folders = foldersAbove(dir);
  const settings = findSettings(folders, files.text);
  const rule = path === undefined ? undefined : settings?.rule(path);
  const roots = (settings?.roots ?? [])
    .filter((root) => files.probe(root).kind === "directory");
  const association = rule === undefined
    ? fromEntry(path && nearestEntry(folders, files.text))
    : fromRule(rule);
  return {
    ...(settings === undefined ? {} : { settings }),
    roots,
    association,
  };
}

function fromRule({ processor, attachments }: SettingsRule): Association {
  return {
    ...saidBy("settings", processor),
    attachments: new Map(
      [...attachments].map(([name, { path }]) => [name, path]),
    ),
    declared: attachments,
  };
}

function fromEntry(found: Fallback | undefined | ""): Association {
  if (found === undefined || found === "") return NO_ASSOCIATION;
  return { ...saidBy("nearest entry", found), attachments: new Map() };
}

function saidBy<F extends "settings" | "nearest entry">(
  from: F,
  { ref, entry, at }: Fallback,
) {
  return {
    from,
    ref,
    ...(entry === undefined ? {} : { entry }),
    ...(at === undefined ? {} : { file: at.source, at }),
  };
}
