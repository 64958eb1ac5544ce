import assert from "node:assert/strict";
import { parseAttachments } from "../../cli/attachments.ts";
import {
  expandPrefix,
  planRun,
  prefixTemplate,
  type RunFlags,
} from "../../cli/run_plan.ts";
import { parseSpan, parseWhole } from "../../cli/spans.ts";
import { plainWorld } from "./plain_world.ts";

const { world } = plainWorld([]);

function flags(more: Partial<RunFlags>): RunFlags {
  return {
    ref: "a/b@1",
    mode: undefined,
    inputsJson: undefined,
    inputsFile: undefined,
    inputs: undefined,
    attach: [],
    writePrefix: undefined,
    executionId: undefined,
    timeout: undefined,
    wait: undefined,
    grace: undefined,
    saveDir: undefined,
    saveFirst: undefined,
    stream: false,
    registry: [],
    stateDir: undefined,
    quiet: false,
    json: false,
    ...more,
  };
}

Deno.test("planRun() takes a fresh id, old mode spellings and times with units", () => {
  assert.deepEqual(
    planRun(
      flags({
        mode: "default",
        timeout: "2m",
        wait: "500ms",
        grace: "1",
        saveDir: "out",
      }),
      world,
    ),
    {
      executionId: "00000000-0000-4000-8000-000000000000",
      mode: "real",
      attachments: new Map(),
      timeoutS: 120,
      patience: { waitMs: 500, graceMs: 1000 },
      save: { kind: "dir", path: "/work-folder/out" },
    },
  );
});

Deno.test("planRun() refuses what is wrong, each with its code", () => {
  const wrong: readonly (readonly [Partial<RunFlags>, string])[] = [
    [{ ref: "LLM/x" }, "ERR_REF_INVALID"],
    [{ executionId: "../up" }, "ERR_USAGE"],
    [{ executionId: "" }, "ERR_USAGE"],
    [{ timeout: "soon" }, "ERR_USAGE"],
    [{ timeout: "0" }, "ERR_USAGE"],
    [{ wait: "soon" }, "ERR_USAGE"],
    [{ grace: "-1" }, "ERR_USAGE"],
    [{ saveDir: "a", saveFirst: "b" }, "ERR_USAGE"],
    [{ attach: ["nameonly"] }, "ERR_ATTACH_NAME"],
  ];
  for (const [more, code] of wrong) {
    assert.throws(() => planRun(flags(more), world), { code });
  }
});

Deno.test("expandPrefix() expands the default and refuses hostile prefixes with their codes", () => {
  const template = (slug: string) =>
    `/artifacts/outputs/${slug}/{execution_id}/`;
  const prefix = (more: Parameters<typeof flags>[0]) =>
    expandPrefix(prefixTemplate(flags(more), template, "a/b@1"), "E1");
  assert.equal(
    prefix({}),
    "/artifacts/outputs/a_b/E1/",
  );
  const wrong: readonly (readonly [string, string])[] = [
    ["/artifacts/x", "ERR_PREFIX_TEMPLATE"],
    ["/artifacts/{run_id}/", "ERR_PREFIX_TEMPLATE"],
    ["/streams/x/", "ERR_PREFIX_TEMPLATE"],
    ["/artifacts/", "ERR_PREFIX_TEMPLATE"],
    ["/etc/x/", "ERR_BAD_FACET"],
    ["/artifacts/../x/", "ERR_DOT_SEGMENTS"],
    ["/artifacts/%2e%2e/x/", "ERR_DOT_SEGMENTS"],
    ["/artifacts/a%2Fb/", "ERR_DECODED_SLASH"],
    ["/artifacts/%ff/", "ERR_PERCENT_DECODE"],
    ["/artifacts/.git/", "ERR_FORBIDDEN_SEGMENT"],
    [`/artifacts/${"x".repeat(256)}/`, "ERR_SEGMENT_TOO_LONG"],
    [`/artifacts/${"x/".repeat(600)}`, "ERR_PATH_TOO_LONG"],
  ];
  for (const [writePrefix, code] of wrong) {
    assert.throws(() => prefix({ writePrefix }), {
      code,
    });
  }
});

Deno.test("parseAttachments() keeps = in paths and refuses a name given twice", () => {
  assert.deepEqual([...parseAttachments(["a=x=y.txt", "b=./z"])], [[
    "a",
    "x=y.txt",
  ], ["b", "./z"]]);
  for (const specs of [["a"], ["=x"], ["a="], ["a=1", "a=2"], ["a b=c"]]) {
    assert.throws(() => parseAttachments(specs), { code: "ERR_ATTACH_NAME" });
  }
});

Deno.test("parseSpan() reads ms, s, m, h and bare seconds", () => {
  const read = ["500ms", "30s", "2m", "1h", "7"].map((text) =>
    parseSpan(text, "--wait")
  );
  assert.deepEqual(read, [500, 30_000, 120_000, 3_600_000, 7000]);
  for (const text of ["", "-1s", "1d", "1e3", "25h", "0"]) {
    assert.throws(() => parseSpan(text, "--wait"), { code: "ERR_USAGE" });
  }
});

Deno.test("parseWhole() refuses what is no whole number of the range", () => {
  assert.equal(parseWhole("8080", "--port", { min: 0, max: 65535 }), 8080);
  for (const text of ["65536", "-1", "1.5", "0x10", ""]) {
    assert.throws(() => parseWhole(text, "--port", { min: 0, max: 65535 }), {
      code: "ERR_USAGE",
    });
  }
});
