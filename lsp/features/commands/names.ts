/** Commands that the server runs; arguments are one object with the `uri` of a document. */
export const COMMANDS = {
  runMock: "theoryctl.runMock",
  commandLine: "theoryctl.commandLine",
  resolved: "theoryctl.resolved",
  applyEdit: "theoryctl.applyEdit",
  fixAll: "theoryctl.fixAll",
} as const;

export type CommandName = typeof COMMANDS[keyof typeof COMMANDS];
