import { readFileSync } from "node:fs";
import { printJson } from "./answer.ts";
import { exitCodes } from "./command-failure.ts";
import { readOptions } from "./options.ts";

/** `station version` */
export async function version(args: readonly string[]): Promise<number> {
  const { values } = readOptions(args, { json: { type: "boolean", default: false } });
  const { name, version: number } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  printJson({ name, version: number }, values.json);
  return exitCodes.done;
}
