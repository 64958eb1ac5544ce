import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { cidOf } from "../../schemas/mod.ts";
import { theory } from "../cli/theory.ts";
import { readPlace, ROOT } from "../style/repository_files.ts";
import {
  goToEnd,
  holds,
  messages,
  payload,
  textOf,
  write,
} from "./documents.ts";
import { playgroundPage } from "./page.ts";
import { pageTest } from "./page_test_case.ts";

const PICTURE = Deno.readFileSync(new URL("docs/examples/landscape.png", ROOT));

pageTest("the page begins with a document without findings", async (page) => {
  assert.equal(await textOf(page), readPlace(sample("picture.yaml")));
  assert.deepEqual(await messages(page, 0), []);
  assert.equal(
    await page.locator("#validated").textContent(),
    "Validated as llm/litellm@1: the document says so.",
  );
});

pageTest("the page says about mistakes what check says", async (page) => {
  await page.selectOption("#sample", "Mistakes to mend");
  const said = await checked(readPlace(sample("mistakes.yaml")), "yaml");
  assert.ok(said.length >= 5, "there are mistakes");
  assert.deepEqual(await messages(page, said.length), said);
  await page.locator(".cm-lintRange-error", { hasText: "temprature" })
    .waitFor();
});

pageTest(
  "a mistake that is typed is underlined, and mended by a fix",
  async (page) => {
    await goToEnd(page, "role: user");
    await page.keyboard.type("r");
    const wrong = page.locator(".cm-lintRange-error", { hasText: "userr" });
    await wrong.waitFor();
    const said = await checked(await textOf(page), "yaml");
    assert.deepEqual(await messages(page, 1), said);
    await page.mouse.move(0, 0);
    await wrong.hover();
    const tooltip = page.locator(".cm-tooltip-lint");
    assert.ok((await tooltip.textContent())?.includes(said[0] ?? "no message"));
    await tooltip.getByRole("button", { name: 'Write "user"' }).click();
    assert.deepEqual(await messages(page, 0), []);
    assert.equal(await textOf(page), readPlace(sample("picture.yaml")));
  },
);

pageTest("fixes are in the list of findings, and all at once", async (page) => {
  await page.selectOption("#sample", "Mistakes to mend");
  await page.getByRole("button", { name: 'Declare "foto" as landscape.png' })
    .click();
  await holds(page, "foto: landscape.png");
  await page.getByRole("button", { name: "Fix all" }).click();
  await holds(page, "temperature: 0.2");
  await page.getByRole("button", { name: 'Declare "landscape" as landscape' })
    .click();
  assert.deepEqual(await messages(page, 0), []);
  assert.deepEqual(await checked(await textOf(page), "yaml"), []);
});

pageTest("completion inserts a key, and says what it is for", async (page) => {
  await goToEnd(page, "max_tokens");
  await page.keyboard.press("Enter");
  await page.keyboard.type("temp");
  const chosen = page.locator(".cm-tooltip-autocomplete [aria-selected=true]");
  await chosen.getByText("temperature").waitFor();
  await page.locator(".cm-completionInfo", { hasText: "Randomness" }).waitFor();
  await chosen.click();
  await holds(page, "  temperature: 0.7");
  assert.deepEqual(await messages(page, 0), []);
});

pageTest("completion writes the commas of JSON", async (page) => {
  await page.getByRole("radio", { name: "JSON" }).click();
  await holds(page, '"max_tokens": 200');
  await goToEnd(page, '"max_tokens": 200');
  await page.keyboard.press("Enter");
  await page.keyboard.type('"temp');
  await page.locator(".cm-tooltip-autocomplete [aria-selected=true]")
    .getByText("temperature").click();
  await holds(page, '"max_tokens": 200,');
  await holds(page, '"temperature": 0.7');
  assert.deepEqual(await messages(page, 0), []);
});

pageTest(
  "hovering an attachment shows the file as a run sees it",
  async (page) => {
    await page.getByText("$attach", { exact: true }).hover();
    const tooltip = page.locator(".cm-lsp-hover-tooltip");
    await tooltip.locator("img").waitFor();
    const text = await tooltip.textContent() ?? "";
    for (
      const part of [await cidOf(PICTURE), "96 × 64", "image/png", "578 B"]
    ) {
      assert.ok(text.includes(part), `"${part}" in ${text}`);
    }
  },
);

pageTest("the payload is what a run sends", async (page) => {
  const cid = await cidOf(PICTURE);
  const sent = await payload(page, cid);
  assert.deepEqual(sent, {
    schema: "v1",
    params: {
      max_tokens: 200,
      messages: [{
        role: "user",
        content: [
          { type: "text", text: "What do you see in this picture?" },
          {
            $artifact: `/artifacts/inputs/${cid}/landscape.png`,
            cid,
            mime: "image/png",
          },
        ],
      }],
    },
  });
  assert.equal(
    await page.locator("#payload-about").textContent(),
    "to llm/litellm@1, mode mock",
  );
});

pageTest(
  "another processor replaces an example, and is written into a document",
  async (page) => {
    await page.selectOption("#processor", "replicate/generic@1");
    await holds(page, "$processor: replicate/generic@1");
    await page.locator("#validated", { hasText: "replicate/generic@1" })
      .waitFor();
    assert.deepEqual(await messages(page, 0), []);
    await write(page, "schema: v1\nparams:\n  messages: []\n");
    await page.locator("#validated", { hasText: "without a processor" })
      .waitFor();
    await page.selectOption("#processor", "llm/litellm@1");
    await holds(page, "$processor: llm/litellm@1");
    assert.deepEqual(
      await messages(page, 1),
      await checked(await textOf(page), "yaml"),
    );
  },
);

pageTest("a file that is added can be attached", async (page) => {
  const buffer = Buffer.from("a few words");
  await page.getByLabel("Add files").setInputFiles({
    name: "notes.txt",
    mimeType: "text/plain",
    buffer,
  });
  const cid = await cidOf(buffer);
  await page.locator(".file", { hasText: cid }).getByText("11 B").waitFor();
  await goToEnd(page, "photo: landscape.png");
  await page.keyboard.press("Enter");
  await page.keyboard.type("words: ");
  await page.locator(".cm-tooltip-autocomplete", { hasText: "notes.txt" })
    .waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.type("notes.txt");
  await goToEnd(page, "$attach: photo");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("- $attach: words");
  await payload(page, `/artifacts/inputs/${cid}/notes.txt`);
  await page.getByRole("button", { name: "Remove notes.txt" }).click();
  const [message] = await messages(page, 1);
  assert.match(message ?? "", /notes\.txt/);
});

pageTest(
  "a processor of one's own checks the document beside it",
  async (page) => {
    await page.selectOption("#sample", "A processor of your own");
    await page.locator("#validated", { hasText: "demo/greeting@1" }).waitFor();
    assert.deepEqual(await messages(page, 0), []);
    await page.getByRole("tab", { name: "registry.yaml" }).click();
    await goToEnd(page, "enum: [plain, polite");
    await page.keyboard.press("Shift+Home");
    await page.keyboard.insertText("enum: [plain]");
    const [message] = await messages(page, 1);
    assert.match(message ?? "", /^Cannot use "polite"/);
    await page.locator("#findings .place", { hasText: "inputs.yaml:5" })
      .click();
    await page.getByRole("tab", { name: "inputs.yaml", selected: true })
      .waitFor();
  },
);

pageTest(
  "a document can be written in the other language and back",
  async (page) => {
    await page.getByRole("radio", { name: "JSON" }).click();
    await page.getByRole("tab", { name: "inputs.json" }).waitFor();
    const json = JSON.parse(await textOf(page));
    assert.equal(json.$processor, "llm/litellm@1");
    assert.deepEqual(await messages(page, 0), []);
    await page.getByRole("radio", { name: "YAML" }).click();
    await holds(page, "$processor: llm/litellm@1");
    assert.deepEqual(await messages(page, 0), []);
    await page.getByRole("radio", { name: "JSON" }).click();
    await holds(page, '"$processor"');
    assert.deepEqual(JSON.parse(await textOf(page)), json);
  },
);

pageTest(
  "files are taken wherever they are dropped, documents to edit them",
  async (page) => {
    const files = Object.entries({
      "registry.yaml": readPlace(sample("own_registry.yaml")),
      "inputs.yaml": readPlace(sample("own_inputs.yaml")),
      "notes.txt": "a few words",
    });
    const dataTransfer = await page.evaluateHandle(`{
    const all = new DataTransfer();
    for (const [name, text] of ${JSON.stringify(files)}) {
      all.items.add(new File([text], name));
    }
    all;
  }`);
    await page.dispatchEvent("#inputs .cm-content", "drop", { dataTransfer });
    await page.locator("#validated", { hasText: "demo/greeting@1" }).waitFor();
    assert.equal(await textOf(page), readPlace(sample("own_inputs.yaml")));
    await page.locator(".file", { hasText: "notes.txt" }).waitFor();
    assert.equal(await page.locator(".file").count(), 2);
  },
);

pageTest("a code is explained as explain does", async (page) => {
  await page.selectOption("#sample", "Mistakes to mend");
  const code = "ERR_KEY_UNKNOWN";
  await page.locator("summary", { hasText: code }).click();
  const shown = page.locator(".explanation[open] p");
  await shown.nth(2).waitFor();
  const { stdout } = await theory(["explain", code]);
  for (const text of await shown.allTextContents()) {
    assert.ok(words(stdout).includes(words(text)), text);
  }
});

pageTest("attachments can be followed and renamed", async (page) => {
  await page.getByText("$attach", { exact: true }).click();
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  for (let i = 0; i < 12; i++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("F2");
  await page.locator(".cm-lsp-rename-panel input").fill("view");
  await page.keyboard.press("Enter");
  await holds(page, "$attach: view");
  await holds(page, "  view: landscape.png");
  await page.keyboard.press("F12");
  await page.locator(".cm-activeLine", { hasText: "view: landscape.png" })
    .waitFor();
  assert.deepEqual(await messages(page, 0), []);
});

pageTest(
  "the page is the same from a server, which it asks for itself alone",
  async (page) => {
    const html = await playgroundPage();
    const headers = { "content-type": "text/html" };
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      () => new Response(html, { headers }),
    );
    await page.goto(`http://127.0.0.1:${server.addr.port}/`);
    await payload(page, await cidOf(PICTURE));
    assert.deepEqual(await messages(page, 0), []);
  },
  { allowed: /^http:\/\/127\.0\.0\.1:\d+\/$/ },
);

pageTest("a link holds the documents", async (page) => {
  await page.selectOption("#sample", "A processor of your own");
  await page.locator("#validated", { hasText: "demo/greeting@1" }).waitFor();
  await goToEnd(page, "style: polite");
  await page.keyboard.type("est é😀");
  const text = await textOf(page);
  await page.getByRole("button", { name: "Share" }).click();
  await page.locator("#said:not(:empty)").waitFor();
  await page.reload();
  await page.locator("#validated", { hasText: "demo/greeting@1" }).waitFor();
  assert.equal(await textOf(page), text);
  const [message] = await messages(page, 1);
  assert.match(message ?? "", /^Cannot use "politeest é😀"/);
});

function words(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

function sample(name: string): string {
  return `docs/playground/samples/${name}`;
}

/** The messages of `check`, in order, about a document beside the picture. */
async function checked(
  text: string,
  language: "json" | "yaml",
): Promise<readonly string[]> {
  const dir = await Deno.makeTempDir();
  try {
    const name = `inputs.${language}`;
    await Deno.writeTextFile(join(dir, name), text);
    await Deno.writeFile(join(dir, "landscape.png"), PICTURE);
    const { stdout } = await theory(["check", name, "--format", "json"], {
      cwd: dir,
    });
    const found: readonly { readonly message: string }[] = JSON.parse(stdout);
    return found.map(({ message }) => message);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}
