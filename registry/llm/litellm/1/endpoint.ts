import type { Run } from "theoryctl/handler";

/** Where a model is asked, and how it is called there. */
export interface Endpoint {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** The name that is sent. */
  readonly model: string;
  /** Host, and port if it has one: what messages and metadata call the provider. */
  readonly provider: string;
}

const OPENAI = "https://api.openai.com/v1";

/** Prefixes that say which protocol is spoken, so that they are not part of the name that is sent. */
const PROTOCOL_PREFIX = /^(openai|litellm_proxy)\//;

/** The server for a model. Ends the run when the model needs another one than is configured. */
export function endpointOf(run: Run, model: string): Endpoint {
  const base = run.secret("LITELLM_API_BASE")?.trim() ?? "";
  const url = base === "" ? new URL(OPENAI) : parseBase(run, base);
  if (base === "" && model.includes("/") && !model.startsWith("openai/")) {
    run.fail(
      "ERR_VALIDATION",
      `Cannot reach model "${model}": without LITELLM_API_BASE only openai/… models are known; ` +
        "set it to the URL of a LiteLLM proxy or another OpenAI-compatible server",
    );
  }
  return {
    baseUrl: url.href.replace(/\/+$/, ""),
    apiKey: apiKey(run),
    model: model.replace(PROTOCOL_PREFIX, ""),
    provider: url.host,
  };
}

function parseBase(run: Run, base: string): URL {
  const url = URL.parse(base);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return refuseBase(run, "it is not an http:// or https:// URL");
  }
  if (url.username !== "" || url.password !== "") {
    return refuseBase(run, "it holds a user name or password");
  }
  if (url.search !== "" || url.hash !== "") {
    return refuseBase(run, 'it has a part after "?" or "#"');
  }
  return url;
}

function refuseBase(run: Run, found: string): never {
  return run.fail("ERR_VALIDATION", `Cannot use LITELLM_API_BASE: ${found}`);
}

function apiKey(run: Run): string {
  const key = run.secret("OPENAI_API_KEY")?.trim() ?? "";
  if (key !== "") return key;
  return run.fail(
    "ERR_MISSING_SECRET",
    "Cannot ask the model: OPENAI_API_KEY is not set",
  );
}
