import assert from "node:assert/strict";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { messages } from "./documents.ts";
import { type PageCase, pageTest } from "./page_test_case.ts";

const LOOKS: Readonly<Record<string, PageCase>> = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "narrow and light": {
    colorScheme: "light",
    viewport: { width: 360, height: 740 },
  },
};

for (const [look, options] of Object.entries(LOOKS)) {
  pageTest(`the page is for everybody, ${look}`, async (page) => {
    assert.deepEqual(await violations(page), []);
    await page.selectOption("#sample", "Mistakes to mend");
    await messages(page, 6);
    await page.locator("summary").first().click();
    assert.deepEqual(await violations(page), []);
    const wider = await page.evaluate(
      "document.documentElement.scrollWidth - innerWidth",
    );
    assert.ok(Number(wider) <= 0, `${wider} pixels are out of sight`);
  }, options);
}

pageTest(
  "everything can be reached and left with the keyboard",
  async (page) => {
    const reached: string[] = [];
    for (let i = 0; i < 40 && !reached.includes("choose-files"); i++) {
      await page.keyboard.press("Tab");
      reached.push(String(await page.evaluate(FOCUSED)));
    }
    for (
      const id of [
        "sample",
        "processor",
        "format",
        "share",
        "theme",
        "inputs-tab",
        "Inputs document, YAML",
        "payload",
        "choose-files",
      ]
    ) assert.ok(reached.includes(id), `${id} in ${reached.join(", ")}`);
    await page.getByRole("tab", { name: "inputs.yaml" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("tab", { name: "registry.yaml", selected: true })
      .waitFor();
  },
);

pageTest("keys show what hovering shows", async (page) => {
  await page.getByText("$attach", { exact: true }).click();
  await page.mouse.move(0, 0);
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Control+i");
  const shown = page.getByRole("status").filter({ hasText: "attached file" });
  await shown.locator("img").waitFor();
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Escape");
  await shown.waitFor({ state: "detached" });
});

pageTest("the theme can be chosen", async (page) => {
  const theme = page.getByRole("button", { name: "Theme" });
  const paper = () =>
    page.evaluate("getComputedStyle(document.body).backgroundColor");
  const light = await paper();
  await theme.click();
  assert.equal(await paper(), light);
  await theme.click();
  assert.notEqual(await paper(), light);
  assert.equal(await theme.textContent(), "Theme: dark");
}, { colorScheme: "light" });

const FOCUSED = `document.activeElement.id ||
  document.activeElement.ariaLabel || document.activeElement.tagName`;

/** What a well-known checker finds, a line for each element. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run()");
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`)
  );
}
