import { text } from "node:stream/consumers";
import { CommandFailure, exitCodes } from "./command-failure.ts";

/**
 * Reads what a procedure is given.
 *
 * @param given JSON, `-` for standard input, or nothing, which stands for `{}`
 * @throws CommandFailure `INVALID_JSON`, saying where
 */
export async function readInput(given: string | undefined): Promise<unknown> {
  const source = given === "-" ? await text(process.stdin) : (given ?? "{}");
  try {
    return JSON.parse(source);
  } catch (error) {
    // The engine's message holds the line and column, or the words around the place.
    const where = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(exitCodes.wrongCommand, "INVALID_JSON", `The input is not JSON: ${where}`);
  }
}
