import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { playgroundPage } from "./page.ts";

/** Names under which the browser is installed. */
const PROGRAMS = ["chromium", "chromium-browser", "google-chrome"];
const CHROMIUM = PROGRAMS.map(pathOf).find((path) => path !== undefined);

const HTML = CHROMIUM === undefined ? "" : await playgroundPage();

/** One for all tests of a file: starting it takes as long as many of them. */
const BROWSER = CHROMIUM === undefined
  ? undefined
  : await chromium.launch({ executablePath: CHROMIUM });

Deno.test.afterAll(() => BROWSER?.close());

/** Nothing is measured with it: it ends a test that would wait for ever. */
const SAFETY_MS = 30_000;

const NOTHING = /^$/;

export interface PageCase extends BrowserContextOptions {
  /** Address of the page below the folder of the test; default that of the file. */
  readonly at?: (file: URL) => string;
  /** Complaints that belong to the test. */
  readonly expected?: RegExp;
  /** Addresses elsewhere that belong to the test. */
  readonly allowed?: RegExp;
}

/**
 * A test of the page in a real browser, opened as a file. It fails as well when the page asks for anything that is not
 * in it, or has anything to complain of.
 */
export function pageTest(
  name: string,
  body: (page: Page) => Promise<void>,
  { at = String, expected = NOTHING, allowed = NOTHING, ...options }: PageCase =
    {},
): void {
  Deno.test({
    name: CHROMIUM === undefined
      ? `${name}, left out: Chromium is not installed (apt install chromium)`
      : name,
    // On a machine of CI a missing browser fails.
    ignore: CHROMIUM === undefined && Deno.env.get("CI") !== "true",
    // The browser was there before.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      assert.ok(BROWSER, "Chromium is installed");
      const folder = await Deno.makeTempDir();
      const file = join(folder, "index.html");
      await Deno.writeTextFile(file, HTML);
      const context = await BROWSER.newContext(options);
      try {
        const address = at(pathToFileURL(file));
        await opened(address, context, { body, expected, allowed });
      } finally {
        await context.close();
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

async function opened(
  address: string,
  context: BrowserContext,
  { body, expected, allowed }: {
    readonly body: (page: Page) => Promise<void>;
    readonly expected: RegExp;
    readonly allowed: RegExp;
  },
): Promise<void> {
  context.setDefaultTimeout(SAFETY_MS);
  const page = await context.newPage();
  const { asked, complaints } = watched(page);
  await page.goto(address);
  await page.locator("#validated strong").waitFor();
  await body(page);
  assert.deepEqual(complaints.filter((each) => !expected.test(each)), []);
  const foreign = asked.filter((url) =>
    !/^(?:file|blob|data):/.test(url) && !allowed.test(url)
  );
  assert.deepEqual(foreign, []);
}

/** Everything that the page asks for, and complains of. */
function watched(page: Page) {
  const asked: string[] = [];
  const complaints: string[] = [];
  page.context().on("request", (request) => void asked.push(request.url()));
  page.on("pageerror", ({ message }) => void complaints.push(message));
  page.on("console", (message) => {
    if (!["error", "warning"].includes(message.type())) return;
    complaints.push(message.text());
  });
  return { asked, complaints };
}

function pathOf(program: string): string | undefined {
  const { success, stdout } = new Deno.Command("which", { args: [program] })
    .outputSync();
  return success ? new TextDecoder().decode(stdout).trim() : undefined;
}
