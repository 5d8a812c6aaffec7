import { CommandFailure, exitCode } from "./failure.ts";

/** @throws CommandFailure `INVALID_JSON`, saying where */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The engine's message holds the line and column, or the words around the place.
    const where = cause instanceof Error ? cause.message : String(cause);
    throw new CommandFailure({ code: "INVALID_JSON", message: `The input is not JSON: ${where}` }, exitCode.wrongCommand);
  }
}
