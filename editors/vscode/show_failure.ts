import * as vscode from "vscode";
import { SECTION } from "./settings.ts";

const SETTINGS = "Open settings";

/** Tells why no server could be started, and leads to the settings. */
export async function showFailure(error: unknown): Promise<void> {
  const choice = await vscode.window.showErrorMessage(
    failureText(error),
    SETTINGS,
  );
  if (choice !== SETTINGS) return;
  await vscode.commands.executeCommand(
    "workbench.action.openSettings",
    `@ext:theoryctl.${SECTION}`,
  );
}

function failureText(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return isMissing(error)
    ? `${said}. The server runs in Deno 2.9 or newer, see https://deno.com; theoryctl.deno says where it is`
    : said;
}

/** Whether it is the program itself that is not there. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT" ||
    /ENOENT|Launching server/.test(String(error));
}
