import {
  type ClientCapabilities,
  type ConfigurationParams,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type Registration,
  RegistrationRequest,
} from "vscode-languageserver";
import { clientSettings, SECTION, sectionOf } from "./client_settings.ts";
import { checkAgain } from "./serve_documents.ts";
import type { Session } from "./session.ts";

/** Files that documents are checked against: entries, settings, and whatever they attach. */
const WATCHED = "**/*";

/** What the client tells only when it was asked to. */
export function registrations(
  capabilities: ClientCapabilities | null | undefined,
): readonly Registration[] {
  const { didChangeWatchedFiles, didChangeConfiguration } =
    capabilities?.workspace ?? {};
  return [
    ...didChangeWatchedFiles?.dynamicRegistration
      ? [{
        id: "theoryctl-files",
        method: DidChangeWatchedFilesNotification.method,
        registerOptions: { watchers: [{ globPattern: WATCHED }] },
      }]
      : [],
    ...didChangeConfiguration?.dynamicRegistration
      ? [{
        id: "theoryctl-settings",
        method: DidChangeConfigurationNotification.method,
        registerOptions: { section: SECTION },
      }]
      : [],
  ];
}

/** Asks to be told, and for the settings; a client that refuses is one that cannot. */
export async function lookAtClient(
  session: Session,
  capabilities: ClientCapabilities | null | undefined,
): Promise<void> {
  const wanted = registrations(capabilities);
  if (wanted.length > 0) {
    session.connection.sendRequest(RegistrationRequest.type, {
      registrations: [...wanted],
    }).catch(() => {});
  }
  if (!session.client.workspaceConfiguration) return;
  const before = JSON.stringify(session.workspace.settings);
  await configure(session, undefined);
  if (JSON.stringify(session.workspace.settings) === before) return;
  checkAgain(session);
}

/** Takes the settings: asks for them where that is possible, else takes those that were told. */
export async function configure(
  { connection, client, workspace }: Session,
  told: unknown,
): Promise<void> {
  if (!client.workspaceConfiguration) {
    workspace.settings = clientSettings(sectionOf(told));
    return;
  }
  const params: ConfigurationParams = { items: [{ section: SECTION }] };
  try {
    const [section] = await connection.sendRequest<unknown[]>(
      "workspace/configuration",
      params,
    );
    workspace.settings = clientSettings(section);
  } catch {
    // It cannot after all: what holds goes on to hold.
  }
}

/** Requests by which a client is asked to ask again, with what says that it knows them. */
const REFRESHES = [
  ["diagnostics", "workspace/diagnostic/refresh"],
  ["codeLens", "workspace/codeLens/refresh"],
  ["inlayHint", "workspace/inlayHint/refresh"],
] as const;

/** Asks the client to ask again for what it shows. */
export function refresher(
  { connection }: Pick<Session, "connection">,
  capabilities: ClientCapabilities | null | undefined,
): () => void {
  const methods = REFRESHES
    .filter(([name]) => capabilities?.workspace?.[name]?.refreshSupport)
    .map(([, method]) => method);
  return () => {
    for (const method of methods) {
      connection.sendRequest(method).catch(() => {});
    }
  };
}
