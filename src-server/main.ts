import { runCommand } from "#server/cli/run-command.ts";

if (import.meta.main) {
  const code = await runCommand(process.argv.slice(2), process);
  // Left to end by itself when nothing is left to do, Node closes what is still open in a loop that now and then never ends.
  process.stdout.write("", () => process.exit(code));
}
