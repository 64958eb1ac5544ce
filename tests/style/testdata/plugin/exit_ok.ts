// place: main.ts
import { exit } from "./cli/exit.ts";

Deno.exit(exit.code);
