import type { Run } from "theoryctl/handler";

/** Ways to tell a secret, none of which may come through. */
export const WAYS: Readonly<
  Record<string, (key: string, run: Run) => Promise<void> | void>
> = {
  throws(key) {
    throw new Error(`refused: ${key}`);
  },
  throws_text(key) {
    throw key;
  },
  throws_its_cause(key) {
    throw new Error("refused", { cause: new Error(key) });
  },
  throws_under_its_name(key) {
    throw Object.assign(new Error("refused"), { name: key });
  },
  throws_later(key) {
    setTimeout(() => {
      throw new Error(key);
    });
    return new Promise(() => {});
  },
  rejects_unseen(key) {
    Promise.reject(new Error(key));
    return new Promise(() => {});
  },
  throws_json(key) {
    throw new Error(`refused: ${JSON.stringify({ key })}`);
  },
  throws_json_in_json(key) {
    throw new Error(JSON.stringify({ body: JSON.stringify({ key }) }));
  },
  throws_a_form(key) {
    throw new Error(`refused: ${new URLSearchParams({ key })}`);
  },
  throws_an_address(key) {
    throw new Error(new URL(`http://h/?key=${key}`).href);
  },
  fails_with_a_number(key, run) {
    run.fail("ERR_MINE", "refused", { key: Number(key) });
  },
  fails(key, run) {
    run.fail("ERR_MINE", `with ${key}`, { key, [key]: [btoa(key)] });
  },
  fails_with_its_code(key, run) {
    run.fail(`ERR_${key}`, "refused");
  },
  prints(key) {
    console.log(key, { key });
    console.error(JSON.stringify({ [key]: key }));
  },
  prints_raw(key) {
    Deno.stdout.writeSync(new TextEncoder().encode(`${key}\n`));
    Deno.stderr.writeSync(new TextEncoder().encode(`${key}\n`));
  },
  prints_digits(key) {
    console.log(new TextEncoder().encode(key).toHex());
  },
  logs_a_number(key, run) {
    run.log("number", { key: Number(key) });
  },
  prints_in_parts(key) {
    for (const character of key) {
      Deno.stdout.writeSync(new TextEncoder().encode(character));
    }
    throw new Error("refused");
  },
  logs(key, run) {
    run.log(`key ${key}`, { key, header: `Basic ${btoa(`me:${key}`)}` });
  },
  emits(key, run) {
    run.emit(key, { [key]: encodeURIComponent(key) });
  },
  shows_a_token(key, run) {
    run.token(`key ${key} `);
  },
  shows_two_tokens(key, run) {
    run.token(`key ${key.slice(0, 9)}`);
    run.log("between");
    run.token(`${key.slice(9)} shown`);
  },
  shows_characters(key, run) {
    for (const character of `key ${key} shown`) run.token(character);
  },
  names_a_file(key, run) {
    return run.write(`files/${key}.txt`, "");
  },
  names_a_folder(key, run) {
    return run.write(`files/${key}/a.txt`, "");
  },
  names_a_file_in_base64(key, run) {
    return run.write(`files/${btoa(key).replaceAll("/", "_")}`, "");
  },
  names_what_is_not_declared(key, run) {
    return run.write(`other/${key}`, "");
  },
};

/** Tells its secret in the way that it is asked for. */
export async function handle(run: Run): Promise<void> {
  const key = run.secret("LEAK_TOKEN") ?? "";
  const way = String(run.params["way"]);
  if (way === "writes") return await run.write("files/key.txt", key);
  await WAYS[way]?.(key, run);
}
