import { exitOnce } from "./rules/exit_once.ts";
import { messageGrammar } from "./rules/message_grammar.ts";
import { moduleState } from "./rules/module_state.ts";
import { fileSize, functionSize, parameterCount } from "./rules/sizes.ts";
import { noDefaultExport, noEnum } from "./rules/syntax.ts";
import { pure } from "./rules/pure.ts";

/** The part of CONTRIBUTING.md that a machine can check; `deno lint` runs it, see `lint.plugins` in deno.json. */
const plugin: Deno.lint.Plugin = {
  name: "house",
  rules: {
    "exit-once": exitOnce,
    "file-size": fileSize,
    "function-size": functionSize,
    "message-grammar": messageGrammar,
    "module-state": moduleState,
    "no-default-export": noDefaultExport,
    "no-enum": noEnum,
    "parameter-count": parameterCount,
    "pure": pure,
  },
};

// deno-lint-ignore house/no-default-export -- the form that Deno asks of a lint plugin
export default plugin;
