import {
  type Disposable,
  type Message,
  type MessageReader,
  RAL,
} from "vscode-languageserver";
import type { Step } from "./steps.ts";

/** Turns of the loop after which nothing more comes: the library hands on one message in each. */
const TURNS = 3;

/** Messages that were read and not looked at yet, so that the end of the stream does not overtake them. */
export class Backlog {
  readonly #waiting: (() => void)[] = [];
  #size = 0;
  #read = 0;

  /** The same reader; its end is told when everything that came before was looked at. */
  over(reader: MessageReader): MessageReader {
    return {
      onError: reader.onError,
      onPartialMessage: reader.onPartialMessage,
      onClose: (listener): Disposable =>
        reader.onClose(() => this.#whenStill(() => listener())),
      listen: (callback) =>
        reader.listen((message) => {
          this.#read++;
          if (counts(message)) this.#size++;
          callback(message);
        }),
      dispose: () => reader.dispose(),
    };
  }

  /** Counts what is looked at. */
  readonly step: Step = (message, next) => {
    const result = next(message);
    if (counts(message)) this.taken();
    return result;
  };

  /** A message was looked at, or taken back before. */
  taken(): void {
    this.#size--;
    if (this.#size <= 0) { for (const each of this.#waiting.splice(0)) each(); }
  }

  /** The stream may have ended while the library still has messages of it. */
  #whenStill(callback: () => void, turns = TURNS): void {
    const before = this.#read;
    RAL().timer.setImmediate(() => {
      if (this.#read > before) this.#whenStill(callback);
      else if (turns > 1) this.#whenStill(callback, turns - 1);
      else this.#whenEmpty(callback);
    });
  }

  #whenEmpty(callback: () => void): void {
    if (this.#size <= 0) callback();
    else this.#waiting.push(callback);
  }
}

/** The library takes cancellations out of the line, or not. */
function counts(message: Message): boolean {
  return !("method" in message) || message.method !== "$/cancelRequest";
}
