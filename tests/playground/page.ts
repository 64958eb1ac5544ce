import { join } from "node:path";
import { denoCommand } from "../../adapters/mod.ts";
import { readPlace, ROOT } from "../style/repository_files.ts";

/** Where the sources of the page are, below the root. */
const FOLDER = "docs/playground";

/** The page and its Worker, each with the configuration that it is checked with. */
const PAGE = ["page/main.ts", `${FOLDER}/page/deno.json`] as const;
const WORKER = ["worker/main.ts", "deno.json"] as const;

/** Files that samples are made of. */
const SAMPLES = [
  "docs/playground/samples/picture.yaml",
  "docs/playground/samples/mistakes.yaml",
  "docs/playground/samples/own_inputs.yaml",
  "docs/playground/samples/own_registry.yaml",
  "docs/examples/landscape.png",
];

/**
 * The playground as one file of HTML, which works wherever it is opened from and asks nobody for anything: its policy
 * lets only that run which is in it. Needs read of the repository and permission to run deno.
 */
export async function playgroundPage(): Promise<string> {
  const [worker, page] = [await bundled(...WORKER), await bundled(...PAGE)];
  const style = readPlace(`${FOLDER}/playground.css`);
  // The editor writes styles of its own, and shows by this that it came with the page.
  const nonce = await sha256(style);
  const parts: Readonly<Record<string, string>> = {
    policy: policy(await sha256(page), nonce),
    style: `<style nonce="${nonce}">${style}</style>`,
    scripts: [
      `<script type="text/plain" id="worker">${worker}</script>`,
      `<script type="application/json" id="samples">${samples()}</script>`,
      `<script type="module">${page}</script>`,
    ].join("\n"),
  };
  return readPlace(`${FOLDER}/playground.html`)
    .replace(/<!-- (\w+) -->/g, (mark, name) => parts[name] ?? mark);
}

/** What the page may do: run and look as it was made, show pictures that are in it, and nothing else. */
function policy(hash: string, nonce: string): string {
  const rules = [
    "default-src 'none'",
    // The Worker hashes in WebAssembly.
    `script-src 'sha256-${hash}' 'wasm-unsafe-eval'`,
    "worker-src data:",
    `style-src 'nonce-${nonce}'`,
    // Browsers themselves write such attributes into a text that is edited.
    "style-src-attr 'unsafe-inline'",
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<meta http-equiv="Content-Security-Policy" content="${
    rules.join("; ")
  }">`;
}

async function bundled(main: string, config: string): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(
    await denoCommand(),
    {
      args: [
        ...["bundle", "--quiet", "--frozen", "--platform", "browser"],
        ...["--format", "iife", "--minify", "--config", config],
        join(FOLDER, main),
      ],
      cwd: ROOT,
      stdin: "null",
    },
  ).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return inScript(new TextDecoder().decode(stdout));
}

/** JavaScript that does not end the element which it stands in. */
function inScript(text: string): string {
  return text.replaceAll(/<(?=\/script|!--|script)/gi, "\\x3c");
}

function samples(): string {
  const all = SAMPLES.map((place) => [
    place.slice(place.lastIndexOf("/") + 1),
    Deno.readFileSync(new URL(place, ROOT)).toBase64(),
  ]);
  return JSON.stringify(Object.fromEntries(all));
}

async function sha256(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return new Uint8Array(hash).toBase64();
}
