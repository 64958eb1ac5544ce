import { fixCases } from "./fix_cases.ts";
import { fixReport } from "./fix_report.ts";
import { goldens } from "./golden.ts";

// Writes what the checker says today beside each document: read the difference before you commit it.
// deno run --allow-read=tests,registry --allow-write=tests/schemas/testdata tests/schemas/write_goldens.ts
for (const folder of ["ok", "err"] as const) {
  for (const { outFile, report } of goldens(folder)) {
    Deno.writeTextFileSync(outFile, report);
  }
}

for (const each of fixCases()) {
  if (each.outFile?.pathname.includes("/testdata/fixes/")) {
    Deno.writeTextFileSync(each.outFile, fixReport(each));
  }
}
