import {
  PositionEncodingKind,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import type { Able, AnyFeature } from "../feature.ts";

/** What the server tells of itself: what it always does, and what each feature adds. */
export function capabilitiesOf(
  features: readonly Pick<AnyFeature, "capability">[],
  about: Able,
): ServerCapabilities {
  const always: ServerCapabilities = {
    positionEncoding: PositionEncodingKind.UTF16,
    textDocumentSync: {
      openClose: true,
      change: TextDocumentSyncKind.Incremental,
      save: { includeText: false },
    },
    // Others are told; who is both told and answered shows everything twice.
    ...about.client.pullDiagnostics
      ? {
        diagnosticProvider: {
          identifier: "theoryctl",
          interFileDependencies: true,
          workspaceDiagnostics: true,
        },
      }
      : {},
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
    },
  };
  return features.map(({ capability }) => capability(about))
    .reduce<ServerCapabilities>(
      (all, each) => merged(all, each) as ServerCapabilities,
      always,
    );
}

/** Two features may speak of the same provider: objects are merged, lists are joined. */
function merged(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) return [...one, ...other];
  if (!isObject(one) || !isObject(other)) return other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    [...keys].map((key) => [
      key,
      key in one && key in other
        ? merged(one[key], other[key])
        : key in one
        ? one[key]
        : other[key],
    ]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
