import { startWords } from "#main/shell/start-words.ts";
import { CommandFailure, toFailure } from "./command-failure.ts";

/** One JSON document on the standard output: on a line of its own for scripts, spread out for a person. */
export function printJson(value: unknown, isForScript: boolean): void {
  process.stdout.write(`${JSON.stringify(value ?? null, undefined, isForScript ? 0 : 2)}\n`);
}

/** @returns the exit code */
export function printFailure(error: unknown, isForScript: boolean): number {
  const failure = toFailure(error);
  printJson({ error: { code: failure.code, message: failure.message, data: failure.data } }, isForScript);
  const words = startWords(error);
  if (words && !isForScript) console.error(`${words.zh}\n${words.en}`);
  // What is neither refused nor foreseen is ours to find.
  if (!(error instanceof CommandFailure) && failure.code === "INTERNAL") console.error(error);
  return failure.exitCode;
}
