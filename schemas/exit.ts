/** The exit codes of every command, in one table: code → when. */
export const EXIT_CODES: Readonly<Record<number, string>> = {
  0: "success",
  1: "the processor answered with an error envelope",
  2: "the command line is wrong",
  3: "the inputs document has errors",
  4: "a required secret is missing",
  5: "image: unpinned, pull failed, drift",
  6: "not running, not deployed",
  7: "timeout",
  9: "engine, Modal or store unreachable",
  10: "permission not granted",
  70: "a bug, with its stack",
  129: "the terminal was closed (SIGHUP)",
  130: "interrupted (Ctrl-C)",
  143: "terminated",
};
