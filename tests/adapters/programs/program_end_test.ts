import assert from "node:assert/strict";
import type { ProgramEnd } from "../../../adapters/programs/program_end.ts";
import {
  refusesId,
  responseOf,
} from "../../../adapters/programs/program_end.ts";
import { Failure } from "../../../schemas/mod.ts";

const RUN = { executionId: "R1" };

function ended(exitCode: number, more: Partial<ProgramEnd> = {}): ProgramEnd {
  return { exitCode, outOfMemory: false, stderr: [], ...more };
}

/** The code of an end, whether it is an answer or a failure. */
function codeOf(end: ProgramEnd): string {
  try {
    const response = responseOf(RUN, end);
    return response.status === "error" ? response.error.code : "success";
  } catch (error) {
    if (error instanceof Failure) return `throws ${error.code}`;
    throw error;
  }
}

Deno.test("responseOf() tells the ends of a program apart", () => {
  const ends: readonly (readonly [ProgramEnd, string])[] = [
    [ended(0), "success"],
    [ended(1), "ERR_RUNTIME"],
    [ended(2), "ERR_RUNTIME"],
    [ended(124), "ERR_RUN_TIMEOUT"],
    [ended(137), "throws ERR_INSTANCE_DIED"],
    [ended(137, { outOfMemory: true }), "ERR_OUT_OF_MEMORY"],
    [ended(1, { outOfMemory: true }), "ERR_OUT_OF_MEMORY"],
    [ended(143), "throws ERR_INSTANCE_DIED"],
    [ended(255), "ERR_RUNTIME"],
  ];
  for (const [end, code] of ends) {
    assert.equal(codeOf(end), code, JSON.stringify(end));
  }
});

Deno.test("responseOf() says what the program said last", () => {
  const stderr = ["Traceback", "Error: Cannot do it", "  "];
  assert.deepEqual(responseOf(RUN, ended(1, { stderr })), {
    status: "error",
    error: {
      code: "ERR_RUNTIME",
      message:
        'Cannot finish "R1": its program ended with code 1: Error: Cannot do it',
      details: { exit_code: 1, stderr },
    },
  });
});

Deno.test("refusesId() knows the programs of before there was an id by what argparse says", () => {
  const said = "main.py: error: unrecognized arguments: --execution-id R1";
  assert.equal(refusesId(ended(2, { stderr: ["usage: …", said] })), true);
  assert.equal(refusesId(ended(1, { stderr: [said] })), false);
  const other = "main.py: error: the following arguments are required: --x";
  assert.equal(refusesId(ended(2, { stderr: [other] })), false);
});
