import { formatDocument } from "@codemirror/lsp-client";
import type { Language } from "../backstage.ts";
import type { AnswersParts } from "./answers.ts";
import { inputsUri, replaceText } from "./documents.ts";
import { byId, element } from "./element.ts";
import type { Files } from "./files_panel.ts";
import { fixAll } from "./fix_all.ts";
import { setProcessor } from "./processor_choice.ts";
import { type Sample, sampleFiles, SAMPLES } from "./samples.ts";
import { say } from "./say.ts";
import { fragmentOf, type SharedState, stateIn } from "./shared_state.ts";
import { themeButton } from "./theme.ts";

export interface ToolbarParts extends AnswersParts {
  readonly files: Files;
}

/** What can be done with the documents as a whole. */
export async function toolbar(parts: ToolbarParts): Promise<void> {
  const written = writer(parts);
  themeButton(byId("theme", HTMLButtonElement));
  offerSamples(written);
  offerProcessors(parts, written);
  offerLanguages(parts);
  onPress("format", () => {
    if (!formatDocument(shownEditor(parts))) say("Cannot format this text");
  });
  onPress("fix-all", () => void fixAll(parts));
  onPress("share", () => void share(parts));
  addEventListener("hashchange", () => void written.link(location.hash));
  const [first] = SAMPLES;
  if (!await written.link(location.hash) && first !== undefined) {
    await written.sample(first);
  }
}

function onPress(id: string, press: () => void): void {
  byId(id, HTMLButtonElement).addEventListener("click", press);
}

function shownEditor({ documents }: ToolbarParts) {
  const { hidden } = byId("registry", HTMLElement);
  return hidden ? documents.inputs() : documents.registry;
}

/** Puts whole documents in place of others. */
interface Writer {
  readonly sample: (sample: Sample) => Promise<void>;
  /** Answers whether the fragment holds anything. */
  readonly link: (fragment: string) => Promise<boolean>;
  readonly example: (ref: string) => Promise<void>;
  /** Whether nobody has changed what was put there. */
  readonly untouched: () => boolean;
}

function writer({ documents, backstage, files }: ToolbarParts): Writer {
  let before = "";
  const text = () => documents.inputs().state.doc.toString();
  const write = (state: Pick<SharedState, "text" | "language">) => {
    documents.write(state.text, state.language);
    before = state.text;
  };
  const kept = sampleFiles();
  return {
    untouched: () => text() === before || text().trim() === "",
    async sample({ inputs, registry, files: names }) {
      for (const name of names) await files.add(name, kept.bytes(name));
      replaceText(
        documents.registry,
        registry === undefined ? "" : kept.text(registry),
      );
      documents.show(inputsUri("yaml"));
      write({ text: kept.text(inputs), language: "yaml" });
    },
    async link(fragment) {
      const state = await stateIn(fragment);
      if (state === undefined) return false;
      const { registry } = documents;
      if (registry.state.doc.toString() !== state.registry) {
        replaceText(registry, state.registry);
      }
      if (text() !== state.text) write(state);
      return true;
    },
    async example(ref) {
      const language = documents.language();
      const text = await backstage.example({ ref, language });
      documents.show(inputsUri(language));
      if (text !== undefined) write({ text, language });
    },
  };
}

function offerSamples({ sample, example }: Writer): void {
  const select = byId("sample", HTMLSelectElement);
  select.append(
    ...SAMPLES.map(({ title }) => element("option", { value: title }, title)),
    element("optgroup", { id: "examples", label: "An example for" }),
  );
  select.addEventListener("change", () => {
    const { value } = select;
    const chosen = SAMPLES.find(({ title }) => title === value);
    void (chosen === undefined ? example(value) : sample(chosen));
    select.value = "";
  });
}

/** A document that somebody wrote gets another processor; one that nobody touched is replaced by its example. */
function offerProcessors(parts: ToolbarParts, written: Writer): void {
  const select = byId("processor", HTMLSelectElement);
  select.addEventListener("change", async () => {
    const ref = select.value;
    if (written.untouched()) await written.example(ref);
    else if (!await setProcessor(ref, parts)) {
      say(`Cannot set processor "${ref}": the text cannot be read`);
    }
  });
}

function offerLanguages({ documents, backstage }: ToolbarParts): void {
  const choices = document.querySelectorAll<HTMLInputElement>(
    "input[name=language]",
  );
  const convert = async (to: Language) => {
    const from = documents.language();
    const before = documents.inputs().state.doc.toString();
    if (from === to) return;
    const text = before.trim() === ""
      ? ""
      : await backstage.converted({ text: before, from, to });
    if (text !== undefined) return documents.write(text, to);
    say(`Cannot write this as ${to.toUpperCase()}: it cannot be read`);
    for (const each of choices) each.checked = each.value === from;
  };
  for (const each of choices) {
    each.addEventListener("change", () => void convert(each.value as Language));
  }
}

async function share({ documents, files }: ToolbarParts): Promise<void> {
  location.hash = await fragmentOf({
    language: documents.language(),
    text: documents.inputs().state.doc.toString(),
    registry: documents.registry.state.doc.toString(),
  });
  const without = files.names().length === 0 ? "" : "; files are not in it";
  try {
    await navigator.clipboard.writeText(location.href);
    say(`The link is copied${without}`);
  } catch {
    say(`The link is in the address bar${without}`);
  }
}
