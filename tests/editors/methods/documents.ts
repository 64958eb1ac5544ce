/** Where the documents are. */
export const FOLDER = "/project";

/** The kinds of documents that are served, as columns. */
export const KINDS = [
  "inputs (JSON)",
  "inputs (YAML)",
  "registry.yaml",
  "theory.yaml",
] as const;

export type Kind = typeof KINDS[number];

/** One document of each kind, in which there is something to say, to mend and to format. */
export const DOCUMENTS: Readonly<
  Record<Kind, { readonly path: string; readonly text: string }>
> = {
  "inputs (JSON)": {
    path: `${FOLDER}/inputs.json`,
    text: `{"$processor": "llm/litellm@1",
  "$attachments":   {"photo": "photo.png"},
    "schema": "v1",
  "params": {
    "model": "gpt",
    "messages": [{"role": "usr", "content": [{"$attach": "photo"}]}]
  }}
`,
  },
  "inputs (YAML)": {
    path: `${FOLDER}/inputs.yaml`,
    text: `$processor:   llm/litellm@1
$attachments:
  photo: photo.png
schema: v1\x20\x20
params:
  model: gpt
  messages:
    - role: usr
      content:
        - $attach: photo
`,
  },
  "registry.yaml": {
    path: `${FOLDER}/demo/hello/1/registry.yaml`,
    text: `ref:   demo/hello@1
title: Hello\x20\x20
handler: handler.ts
inputs:
  $schema: https://json-schema.org/draft-07/schema#
  type: object
  required: [params]
  properties:
    params:
      type: object
      properties:
        name: { type: string }
`,
  },
  "theory.yaml": {
    path: `${FOLDER}/theory.yaml`,
    text: `inputs:
  - files:   "**/inputs*.yaml"
    ref: llm/litelm@1\x20\x20
    attach:
      photo: photo.png
`,
  },
};

/** What is on the disk beside what is open. */
export const FILES: Readonly<Record<string, string>> = {
  [`${FOLDER}/photo.png`]: "\x89PNG\r\n",
  [`${FOLDER}/demo/hello/1/handler.ts`]: "",
};
