import { type JournalMemory, memoryJournal } from "../../adapters/mod.ts";
import { NOW, testJournal } from "./journal_conformance.ts";

testJournal("memoryJournal()", () => {
  const memory: JournalMemory = { records: new Map(), alive: new Set() };
  return Promise.resolve({
    journal: memoryJournal(() => NOW, memory),
    abandon: () => Promise.resolve(memory.alive.clear()),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
});
