/** Removes a folder, in a process of its own, which a removal that goes down by recursion ends. */
import { removeTree } from "../../adapters/remove_tree.ts";

const [folder = ""] = Deno.args;
await removeTree(folder);
