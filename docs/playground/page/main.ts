/** Main module of the page. */
import { byId } from "./element.ts";
import { playground } from "./playground.ts";
import { say } from "./say.ts";
import { startServer } from "./server.ts";

addEventListener("unhandledrejection", ({ reason }) => say(String(reason)));
const worker = byId("worker", HTMLScriptElement).text;
const nonce = document.querySelector("style")?.nonce ?? "";
playground(startServer(worker), nonce);
