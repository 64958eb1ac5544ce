import type { Page } from "playwright-core";

/** The text of the document that is shown, which is short enough to be there as a whole. */
export async function textOf(page: Page): Promise<string> {
  const lines = await page.locator(`${SHOWN} .cm-line`).allTextContents();
  return lines.join("\n");
}

/** Puts a text in place of the document that is shown, as somebody does who pastes it. */
export async function write(page: Page, text: string): Promise<void> {
  await page.locator(`${SHOWN} .cm-content`).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}

/** Puts the cursor behind the last character of a line. */
export async function goToEnd(page: Page, line: string): Promise<void> {
  await page.locator(`${SHOWN} .cm-line`, { hasText: line }).first().click();
  await page.keyboard.press("End");
}

/** Messages of the findings, once there are that many. */
export async function messages(
  page: Page,
  count: number,
): Promise<readonly string[]> {
  const enough = count === 0 ? "" : `:has(> :nth-child(${count}))`;
  const list = `#findings${enough}:not(:has(> :nth-child(${count + 1})))`;
  await page.locator(list).waitFor({ state: "attached" });
  return await page.locator("#findings .message").allTextContents();
}

/** Waits until the document that is shown holds a text. */
export async function holds(page: Page, text: string): Promise<void> {
  await page.locator(`${SHOWN} .cm-content`, { hasText: text }).waitFor();
}

/** Waits until the payload is one that fits. */
export async function payload(page: Page, part: string): Promise<unknown> {
  await page.locator("#payload", { hasText: part }).waitFor();
  return JSON.parse(await page.locator("#payload").textContent() ?? "");
}

const SHOWN = "[role=tabpanel]:not([hidden])";
