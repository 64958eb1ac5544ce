import assert from "node:assert/strict";
import { startProgress } from "../../../cli/progress/progress.ts";
import { plainWorld } from "../plain_world.ts";

const ERASE = "\r\x1b[2K";

/** A progress on a made-up terminal, whose time goes by when it is told to. */
function watched(
  { redraws = true, quiet = false }: {
    readonly redraws?: boolean;
    readonly quiet?: boolean;
  },
) {
  let nowMs = 0;
  let tick: () => void = () => {};
  let stopped = false;
  const killed = new AbortController();
  const plain = plainWorld([], {
    clock: { now: () => 0, monotonic: () => nowMs },
    killed: killed.signal,
  });
  const { stderr } = plain.world;
  const world = {
    ...plain.world,
    stderr: { ...stderr, isTerminal: redraws, redraws, columns: () => 60 },
  };
  const progress = startProgress(world, {
    quiet,
    every: (_, given) => {
      tick = given;
      return () => void (stopped = true);
    },
  });
  return {
    progress,
    err: plain.err,
    out: plain.out,
    stopped: () => stopped,
    kill: () => killed.abort(130),
    /** Time goes by in which the program does nothing else. */
    work: (ms: number) => void (nowMs += ms),
    pass: (ms: number) => {
      for (const end = nowMs + ms; nowMs < end;) {
        nowMs += 100;
        tick();
      }
    },
  };
}

Deno.test("startProgress() shows nothing of what takes less than half a second", () => {
  const { progress, err, pass } = watched({});
  for (const phase of ["check", "attach", "run", "collect"] as const) {
    progress.begin(phase, "it");
    pass(100);
  }
  progress.end();
  assert.equal(err(), "");
});

Deno.test("startProgress() shows a line once half a second is over, however short each step is", () => {
  const { progress, err, pass } = watched({});
  for (const name of ["a", "b", "c"]) {
    progress.reach("attach", name, { done: 4, total: 4 });
    pass(300);
  }
  progress.end();
  const full = "[####################] 100%  4 B of 4 B";
  assert.deepEqual(err().split(ERASE), [
    "",
    ...["0.2 s", "0.3 s"].map((time) => `Attaching b  ${full}  ${time}`),
    ...["0.1 s", "0.2 s", "0.3 s"].map((time) =>
      `Attaching c  ${full}  ${time}`
    ),
    "",
  ]);
});

Deno.test("startProgress() draws at a step when work leaves the timer no moment, not at every one", () => {
  const { progress, err, work } = watched({});
  for (const name of ["a", "b", "c", "d"]) {
    progress.begin("check", name);
    work(name === "c" ? 10 : 600);
  }
  progress.end();
  assert.equal(
    err(),
    `${ERASE}Checking b  0.0 s${ERASE}Checking c  0.0 s${ERASE}`,
  );
});

Deno.test("startProgress() waits again when something else was seen", () => {
  const { progress, err, pass } = watched({});
  progress.begin("start", "it");
  pass(400);
  progress.world.stderr.write("a note\n");
  pass(400);
  assert.equal(err(), "a note\n");
  pass(100);
  assert.equal(err(), `a note\n${ERASE}Starting it  0.9 s`);
});

Deno.test("startProgress() draws one line anew in place and removes it", () => {
  const { progress, err, pass, stopped } = watched({});
  progress.begin("run", "a/b@1");
  pass(700);
  progress.begin("collect", "a/b@1");
  pass(100);
  progress.end();
  assert.equal(
    err(),
    [
      `${ERASE}Running a/b@1  0.5 s`,
      `${ERASE}Running a/b@1  0.6 s`,
      `${ERASE}Running a/b@1  0.7 s`,
      `${ERASE}Collecting the outputs of a/b@1  0.1 s`,
      ERASE,
    ].join(""),
  );
  assert.ok(stopped());
});

Deno.test("startProgress() removes the line when the program is killed", () => {
  const { progress, err, pass, kill, stopped } = watched({});
  progress.begin("run", "a/b@1");
  pass(500);
  kill();
  assert.equal(err(), `${ERASE}Running a/b@1  0.5 s${ERASE}`);
  assert.ok(stopped());
});

Deno.test("startProgress() erases the line before anything else is written", () => {
  const { progress, err, pass } = watched({});
  progress.begin("start", "a/b@1");
  pass(500);
  progress.world.stderr.write("a note\n");
  progress.world.stderr.write("another\n");
  const line = `${ERASE}Starting a/b@1  0.5 s`;
  assert.equal(err(), `${line}${ERASE}a note\nanother\n`);
});

Deno.test("startProgress() erases the line before a result is written, too", () => {
  const { progress, err, out, pass } = watched({});
  progress.begin("run", "a/b@1");
  pass(500);
  progress.world.stdout.write("a result\n");
  assert.equal(err(), `${ERASE}Running a/b@1  0.5 s${ERASE}`);
  assert.equal(out(), "a result\n");
  progress.end();
});

Deno.test("startProgress() shows nothing while it is hidden", () => {
  const { progress, err, pass } = watched({});
  progress.begin("start", "a/b@1");
  progress.hide();
  pass(60_000);
  progress.end();
  assert.equal(err(), "");
});

Deno.test("startProgress() starts the time of a file anew, not of its bytes", () => {
  const { progress, err, pass } = watched({});
  progress.reach("attach", "a", { done: 1, total: 4 });
  pass(300);
  progress.reach("attach", "a", { done: 2, total: 4 });
  pass(200);
  progress.reach("attach", "b", { done: 3, total: 4 });
  pass(100);
  assert.deepEqual(err().split(ERASE), [
    "",
    "Attaching a  [##########..........]  50%  2 B of 4 B  0.5 s",
    "Attaching b  [###############.....]  75%  3 B of 4 B  0.1 s",
  ]);
});

Deno.test("startProgress() writes rare plain lines where no line can be drawn anew", () => {
  const { progress, err, pass } = watched({ redraws: false });
  progress.begin("check", "in.json");
  pass(9900);
  assert.equal(err(), "");
  progress.reach("attach", "movie", { done: 1024, total: 4096 });
  pass(75_000);
  progress.begin("run", "a/b@1");
  pass(9900);
  progress.end();
  assert.deepEqual(err().split("\n"), [
    "Attaching movie: 10 s, 1.0 KiB of 4.0 KiB",
    "Attaching movie: 40 s, 1.0 KiB of 4.0 KiB",
    "Attaching movie: 1 min 10 s, 1.0 KiB of 4.0 KiB",
    "",
  ]);
});

Deno.test("startProgress() is silent with --quiet, on terminals and elsewhere", () => {
  for (const redraws of [true, false]) {
    const { progress, err, pass } = watched({ redraws, quiet: true });
    progress.begin("run", "a/b@1");
    pass(120_000);
    progress.end();
    assert.equal(err(), "");
  }
});
