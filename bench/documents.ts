import { median } from "./measure.ts";
import { bytesText, type Part, type Plan, timeText } from "./plan.ts";
import { commandLine, measured, watched } from "./theoryctl.ts";

const SIZES = [1e3, 1e4, 1e5, 1e6, 1e7];

/** `check` of documents that grow, in JSON and YAML. */
export async function documents(
  plan: Plan,
  sizes = plan.quick ? SIZES.slice(0, 4) : SIZES,
): Promise<Part> {
  const rows: (readonly string[])[] = [];
  for (const size of sizes) {
    for (const language of ["json", "yaml"] as const) {
      const file = `${plan.folder}/d${size}.${language}`;
      await Deno.writeTextFile(file, textOf(size, language));
      rows.push(await row(file, { size, language, plan }));
    }
  }
  const head = ["document", "language", "ms", "ratio", "peak memory"];
  return { title: "`check`, by size", head, rows, bars: [] };
}

async function row(
  file: string,
  { size, language, plan }: {
    readonly size: number;
    readonly language: string;
    readonly plan: Plan;
  },
): Promise<readonly string[]> {
  const words = ["check", file, "--ref", "llm/litellm@1"];
  const args = await commandLine(words, plan.folder);
  const runs = [];
  for (let i = 0; i < Math.min(plan.rounds, size > 1e6 ? 3 : 10); i++) {
    runs.push(await measured(args, plan.folder));
  }
  const { peak } = await watched(args, plan.folder);
  return [
    bytesText(size),
    language,
    ...timeText(median(runs.map(({ ms }) => ms)), plan),
    bytesText(peak),
  ];
}

/** A document of messages, of about `size` bytes. */
function textOf(size: number, language: "json" | "yaml"): string {
  const message = language === "json"
    ? '    {"role": "user", "content": "What do you see here?"}'
    : "    - role: user\n      content: What do you see here?";
  const count = Math.max(1, Math.round((size - 80) / (message.length + 2)));
  const messages = Array(count).fill(message);
  return language === "json"
    ? `{"schema": "v1", "params": {"messages": [\n${messages.join(",\n")}]}}\n`
    : `schema: v1\nparams:\n  messages:\n${messages.join("\n")}\n`;
}
