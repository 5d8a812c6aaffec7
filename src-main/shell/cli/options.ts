import { parseArgs, type ParseArgsConfig } from "node:util";
import { CommandFailure, exitCodes } from "./command-failure.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/**
 * Reads the words after a command's name.
 *
 * @param names what stands there without a dash, in order, such as `PROCEDURE`
 * @throws CommandFailure `USAGE` for what the command does not know or misses
 */
export function readOptions<const O extends Options>(args: readonly string[], options: O, names: readonly string[] = []) {
  const { values, positionals } = parse(args, options);
  const missing = names[positionals.length];
  if (missing) throw usage(`${missing} is missing.`);
  const tooMuch = positionals[names.length];
  if (tooMuch !== undefined) throw usage(`"${tooMuch}" is one word too many.`);
  return { values, positionals };
}

export const usage = (message: string): CommandFailure => new CommandFailure(exitCodes.wrongCommand, "USAGE", message);

function parse<const O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}
