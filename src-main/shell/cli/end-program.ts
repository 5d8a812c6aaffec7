import { flushCompileCache } from "node:module";

/**
 * Ends the program, once everything that it printed is out. Left to end by itself when nothing is left to do, Node closes what is still open in
 * a loop that now and then never ends.
 */
export function endProgram(exitCode: number): void {
  flushCompileCache();
  process.stdout.write("", () => process.exit(exitCode));
}
