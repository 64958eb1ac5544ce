import { configWords } from "./config_words.ts";
import { entryWords } from "./entry_words.ts";
import { inputsWords } from "./inputs_words.ts";
import type { Page } from "./page.ts";
import type { Word } from "./word.ts";

/** The words of a document that stand for something, as far as it can be read. */
export function wordsOf(page: Page): readonly Word[] {
  if (page.kind === "inputs") return inputsWords(page);
  return page.kind === "config" ? configWords(page) : entryWords(page);
}
