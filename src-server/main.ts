import { runCommand } from "#server/cli/run-command.ts";

if (import.meta.main) process.exitCode = await runCommand(process.argv.slice(2), process);
